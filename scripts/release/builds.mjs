import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Records the hashes of the executables in the plugin's manifest. Synth copies them to lock files, so that a stack that was locked with
 * the bundled provider can be initialised from a registry, and the other way round.
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
