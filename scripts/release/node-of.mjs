import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { NODE_VERSION } from "./platforms.mjs";

/**
 * The Node.js of a platform, from npm: fetched once into `.tmp/node`, and only as the very package that is written down.
 *
 * @param {string} root the project's
 * @param {import("./platforms.mjs").Platform} platform
 * @returns {{ executable: string, licence: string }} two files
 */
export function nodeOf(root, platform) {
  const cache = join(root, ".tmp", "node");
  const folder = join(cache, `${platform.package.name}-${NODE_VERSION}`);
  if (!existsSync(folder)) fetch(cache, folder, platform.package);
  return { executable: join(folder, "bin", `node${platform.suffix}`), licence: join(folder, "LICENSE") };
}

/**
 * @param {string} cache
 * @param {string} folder
 * @param {{ name: string, integrity: string }} held
 */
function fetch(cache, folder, { name, integrity }) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "new-"));
  try {
    const [packed] = JSON.parse(run("npm", ["pack", "--silent", "--json", "--pack-destination", draft, `${name}@${NODE_VERSION}`], cache));
    const archive = join(draft, packed.filename);
    const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (found !== integrity)
      throw new Error(`${name}@${NODE_VERSION} is not the package that was written down: ${found}, not ${integrity}`);
    run("tar", ["-xzf", archive, "-C", draft], cache);
    renameSync(join(draft, "package"), folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout;
}
