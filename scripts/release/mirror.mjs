import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ADDRESS = "registry.terraform.io/alicloud-image-tasks/imagetask";

/**
 * Opens a mirror in the layout of `terraform providers mirror`: the same folder is a `filesystem_mirror` and, over HTTPS, a `network_mirror`.
 * Call it before a release is made, so that a folder that cannot be written is found within a second, not after a minute.
 *
 * @param {string} mirror
 */
export function openMirror(mirror) {
  const folder = join(mirror, ADDRESS);
  mkdirSync(folder, { recursive: true });
  const list = join(folder, "index.json");
  const { versions = {} } = read(list);
  return {
    /**
     * Adds a version. Keeps other versions, and other platforms of this version.
     *
     * @param {string} release the folder with the archives
     * @param {string} version
     * @param {readonly import("./archives.mjs").Archive[]} archives
     * @throws {Error} if the mirror has another archive of this version, because lock files contain its hashes
     */
    add(release, version, archives) {
      const about = join(folder, `${version}.json`);
      const { archives: present = {} } = read(about);
      for (const { platform, zh } of archives)
        if (present[platform] && !present[platform].hashes.includes(zh))
          throw new Error(
            `the mirror already has another ${version} for ${platform}, and lock files hold its hashes. Raise the version in package.json, or, if nobody uses that one, delete ${about}.`,
          );
      for (const { platform, name, h1, zh } of archives) {
        replace(join(folder, name), (fresh) => copyFileSync(join(release, name), fresh));
        present[platform] = { hashes: [h1, zh], url: name };
      }
      write(about, { archives: sorted(present) });
      write(list, { versions: sorted({ ...versions, [version]: {} }) });
    },
  };
}

/**
 * @param {string} file
 * @returns {{ archives?: { [platform: string]: { hashes: string[], url: string } }, versions?: { [version: string]: object } }}
 */
function read(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  } catch (cause) {
    throw new Error(
      `${file} is not the JSON of a mirror (${/** @type {Error} */ (cause).message}). Restore it, or choose another --mirror.`,
      { cause },
    );
  }
}

/**
 * @param {string} file
 * @param {unknown} content
 */
function write(file, content) {
  replace(file, (fresh) => writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`));
}

/**
 * Replaces a file in one step, because a web server may be serving it.
 *
 * @param {string} file
 * @param {(fresh: string) => void} make
 */
function replace(file, make) {
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    make(fresh);
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** @param {{ [key: string]: object }} entries */
const sorted = (entries) => Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
