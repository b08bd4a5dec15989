const { copyFileSync, linkSync, mkdirSync } = require("node:fs");
const { join } = require("node:path");

module.exports = { pluginDirectory, linkFiles };

/**
 * Returns the directory in which `init` looks for a version of a provider for this machine, and creates it if necessary.
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

/** @type {{ readonly [name: string]: string }} Go's names, where Node.js has different ones. */
const ARCHITECTURES = { x64: "amd64", ia32: "386" };

/**
 * Links files of one directory into another, or copies them if the file system does not allow links.
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
      // The directories are on different file systems.
      copyFileSync(join(from, name), join(to, name));
    }
  }
}
