import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ADDRESS = "registry.terraform.io/alicloud-image-tasks/imagetask";

/**
 * Adds a version to a mirror, in the layout of `terraform providers mirror`: one folder serves as a `filesystem_mirror` and, over HTTPS, as a
 * `network_mirror`. Other versions, and other platforms of this one, stay.
 *
 * @param {string} mirror
 * @param {string} release the folder that holds the archives
 * @param {string} version
 * @param {readonly import("./archives.mjs").Archive[]} archives
 */
export function addToMirror(mirror, release, version, archives) {
  const folder = join(mirror, ADDRESS);
  mkdirSync(folder, { recursive: true });
  const list = join(folder, "index.json");
  const about = join(folder, `${version}.json`);
  const present = read(about).archives ?? {};
  for (const { platform, name, h1, zh } of archives) {
    copyFileSync(join(release, name), join(folder, name));
    present[platform] = { hashes: [h1, zh], url: name };
  }
  write(about, { archives: sorted(present) });
  write(list, { versions: sorted({ ...read(list).versions, [version]: {} }) });
}

/**
 * @param {string} file
 * @returns {{ archives?: { [platform: string]: object }, versions?: { [version: string]: object } }}
 */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/**
 * @param {string} file
 * @param {unknown} content
 */
function write(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** @param {{ [key: string]: object }} entries */
const sorted = (entries) => Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
