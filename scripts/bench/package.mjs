import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { round } from "./stats.mjs";
import { pluginFile, root } from "./terraform.mjs";

/**
 * What `npm pack` would make, and the plugin in it.
 *
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
export async function measurePackage() {
  const run = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`npm pack failed:\n${run.stderr}`);
  const parsed = JSON.parse(run.stdout);
  const [{ size, unpackedSize, entryCount }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  const beside = ["main.js", "provider.js"].map((name) => join(dirname(pluginFile()), name));
  const loaded = [pluginFile(), ...beside].reduce((sum, file) => sum + statSync(file).size, 0);
  /** @param {number} bytes */
  const kib = (bytes) => round(bytes / 1024, 0);
  return [
    { section: "package", name: "npm package, packed", value: kib(size), unit: "KiB" },
    { section: "package", name: "npm package, unpacked", value: kib(unpackedSize), unit: "KiB" },
    { section: "package", name: "files", value: entryCount, unit: "" },
    { section: "package", name: "plugin, loaded at every start", value: kib(loaded), unit: "KiB" },
  ];
}
