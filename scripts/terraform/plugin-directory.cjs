const { copyFileSync, linkSync, mkdirSync } = require("node:fs");
const { join } = require("node:path");

module.exports = { pluginDirectory, linkFiles };

/**
 * The directory, made if need be, where `init` in a folder looks for a version of a provider for this machine.
 *
 * @param {string} folder
 * @param {string} source with the registry's host, e.g. `registry.terraform.io/acme/other`
 * @param {string} version
 */
function pluginDirectory(folder, source, version) {
  const directory = join(
    folder,
    "terraform.d/plugins",
    source,
    version,
    `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`,
  );
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** @type {{ readonly [name: string]: string }} Go's names where they are not Node's. */
const ARCHITECTURES = { x64: "amd64", ia32: "386" };

/**
 * Puts files of one directory into another without a copy of their bytes, where that can be had.
 *
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} names
 */
function linkFiles(from, to, names) {
  for (const name of names) {
    try {
      linkSync(join(from, name), join(to, name));
    } catch {
      // Another file system.
      copyFileSync(join(from, name), join(to, name));
    }
  }
}
