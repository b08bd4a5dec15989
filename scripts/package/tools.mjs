import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Installs jsii and the libraries that it compiles against into `.tmp/package/tools`, unless they are there. They are not
 * dependencies of the project, because only packing needs them.
 *
 * @param {string} root
 * @returns {string} the folder, with node_modules in it
 */
export function installTools(root) {
  const source = join(root, "scripts/package/tools");
  const folder = join(root, ".tmp/package/tools");
  const wanted = readFileSync(join(source, "package-lock.json"), "utf8");
  const stamp = join(folder, "node_modules/.complete.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(source, name), join(folder, name));
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"], folder);
  copyFileSync(join(source, "package-lock.json"), stamp);
  return folder;
}

/**
 * Runs a command until it ends.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function run(command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: withoutNpm(process.env),
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} failed in ${cwd}:\n${error?.message ?? `${stdout}${stderr}`}`);
}

/**
 * npm passes its own settings to scripts as npm_*; a nested npm must not inherit them.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(config_(dry_run|ignore_scripts)|lifecycle|package)/.test(name)));
}
