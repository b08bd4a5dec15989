const { spawnSync } = require("node:child_process");
const { cleanEnvironment } = require("./clean-environment.cjs");

module.exports = { findTerraform, terraformCommands, terraformVersion };

/**
 * The command to use: the one that TERRAFORM_BINARY_NAME names, else `terraform`, else `tofu`; null when it does not run.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
function findTerraform(env = process.env) {
  const { TERRAFORM_BINARY_NAME: chosen } = env;
  if (chosen) return runs(chosen, env) ? chosen : null;
  return terraformCommands(env)[0] ?? null;
}

/**
 * Those of `terraform` and `tofu` that run on this machine.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
function terraformCommands(env = process.env) {
  return ["terraform", "tofu"].filter((command) => runs(command, env));
}

/**
 * Its name and version, as it prints them.
 *
 * @param {string} command
 */
function terraformVersion(command) {
  return version(command, process.env).stdout.split("\n")[0];
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 */
function runs(command, env) {
  return version(command, env).status === 0;
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 */
function version(command, env) {
  return spawnSync(command, ["version"], { env: cleanEnvironment({}, env), encoding: "utf8" });
}
