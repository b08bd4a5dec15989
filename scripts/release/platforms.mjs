import { readFileSync } from "node:fs";

/** @type {{ version: string, packages: { [platform: string]: { name: string, integrity: string } } }} */
const nodes = JSON.parse(readFileSync(new URL("../build/node-packages.json", import.meta.url), "utf8"));

/** The Node.js in the executables: the newest LTS version that npm has for every platform. */
export const NODE_VERSION = nodes.version;

/**
 * A platform with an executable.
 *
 * @typedef {object} Platform
 * @property {string} name Terraform's name of the platform.
 * @property {"elf" | "mach-o" | "pe"} format
 * @property {string} suffix The suffix of the executable's file.
 * @property {{ name: string, integrity: string }} package The npm package with its Node.js.
 */

/** @type {readonly Platform[]} */
export const PLATFORMS = Object.entries(nodes.packages).map(([name, held]) => {
  const windows = name.startsWith("windows");
  return { name, format: windows ? "pe" : name.startsWith("darwin") ? "mach-o" : "elf", suffix: windows ? ".exe" : "", package: held };
});

/**
 * @param {string} name
 * @returns {Platform}
 */
export function platformOf(name) {
  const found = PLATFORMS.find((platform) => platform.name === name);
  if (!found)
    throw new Error(
      `${name} is not a platform with executables. Known platforms: ${PLATFORMS.map((platform) => platform.name).join(", ")}.`,
    );
  return found;
}

/** The platform of this machine. */
export function hostPlatform() {
  const system = { linux: "linux", darwin: "darwin", win32: "windows" }[/** @type {string} */ (process.platform)];
  return platformOf(`${system}_${process.arch === "x64" ? "amd64" : process.arch}`);
}
