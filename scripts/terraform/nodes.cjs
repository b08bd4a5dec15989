const { execFileSync } = require("node:child_process");
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** The release lines of Node.js with which the provider is tested and measured, and a version of each that npm has. */
const NODES = /** @type {const} */ ({ 20: "20.20.2", 22: "22.23.2", 24: "24.18.1" });

module.exports = { NODES, nodeFolder };

/**
 * Returns the folder with the `node` of a line. npm has a package of Node.js for each platform; the first use installs it into `.tmp/hosts`.
 *
 * @param {keyof typeof NODES} line
 */
function nodeFolder(line) {
  const held = `node-${process.platform}-${process.arch}`;
  const hosts = join(__dirname, "../../.tmp/hosts");
  const place = join(hosts, `${held}-${NODES[line]}`);
  if (!existsSync(place)) {
    mkdirSync(hosts, { recursive: true });
    const made = mkdtempSync(join(hosts, "new-"));
    try {
      writeFileSync(join(made, "package.json"), '{ "private": true }\n');
      const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${held}@${NODES[line]}`];
      execFileSync("npm", args, { cwd: made, stdio: "pipe" });
      renameSync(made, place);
    } catch (error) {
      // Another process may have put it there first.
      rmSync(made, { recursive: true, force: true });
      if (!existsSync(place)) throw error;
    }
  }
  return join(place, "node_modules", held, "bin");
}
