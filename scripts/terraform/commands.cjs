const { spawnSync } = require("node:child_process");
const { cleanEnvironment } = require("./clean-environment.cjs");

module.exports = { findTerraform, terraformCommands, terraformVersion };

/**
 * Returns the command to use: the one that TERRAFORM_BINARY_NAME names, or else `terraform`, or else `tofu`; null if it does not run.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
function findTerraform(env = process.env) {
  const { TERRAFORM_BINARY_NAME: chosen } = env;
  if (chosen) return runs(chosen, env) ? chosen : null;
  return terraformCommands(env)[0] ?? null;
}

/**
 * Returns which of `terraform` and `tofu` run on this machine.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
function terraformCommands(env = process.env) {
  return ["terraform", "tofu"].filter((command) => runs(command, env));
}

/**
 * Returns the command's name and version, as it prints them.
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
