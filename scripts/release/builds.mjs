import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Notes the hashes of the executables in the plugin's manifest, from where synth takes them into lock files: a stack that was locked with
 * the provider beside it may then be initialised from a registry, and the other way round.
 *
 * @param {string} root
 * @param {readonly import("./archives.mjs").Archive[]} archives
 */
export function noteBuilds(root, archives) {
  const file = join(root, "dist/plugin/manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  /** @type {Set<string>} */
  const hashes = new Set([...(manifest.builds ?? []), ...archives.flatMap(({ h1, zh }) => [h1, zh])]);
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, `${JSON.stringify({ ...manifest, builds: [...hashes].sort() }, null, 2)}\n`);
  renameSync(fresh, file);
}
