const { execFileSync } = require("node:child_process");
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** The lines of Node.js that the provider is tested and measured on, each by one version that npm has. */
const NODES = /** @type {const} */ ({ 20: "20.20.2", 22: "22.23.2", 24: "24.18.1" });

module.exports = { NODES, nodeFolder };

/**
 * The folder that holds `node` of a line. npm has Node.js as packages, one for each platform; the first use installs it into `.tmp/hosts`.
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
      // Another process may have been faster.
      rmSync(made, { recursive: true, force: true });
      if (!existsSync(place)) throw error;
    }
  }
  return join(place, "node_modules", held, "bin");
}
