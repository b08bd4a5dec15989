import { readFileSync } from "node:fs";

const SCRIPT = readFileSync(new URL("launcher.sh", import.meta.url), "utf8");

/** The JavaScript that the launcher starts. With the suffix `.js`, Node.js recognises it even if a loader or a default type is set. */
export const MAIN = "main.js";

/**
 * Returns the launcher: a shell script, which can report that Node.js is missing or does not start.
 *
 * @param {string} providerType
 */
export function toExecutable(providerType) {
  return Buffer.from(SCRIPT.replaceAll("@NAME@", providerType).replaceAll("@PREFIX@", prefixOf(providerType)));
}

/**
 * Returns the program that the launcher starts. Its first line also runs on an old Node.js, and rejects it.
 *
 * @param {string} providerType
 * @param {Buffer} contents JavaScript that an old Node.js can at least parse
 */
export function toMain(providerType, contents) {
  const guard = `var v=process.versions.node.split(".");if(v[0]<20||v[0]==20&&v[1]<9){require("fs").writeSync(+process.env.${prefixOf(providerType)}_HANDSHAKE||1,"The ${providerType} provider needs Node.js 20.9 or later; the node on PATH is "+process.versions.node+".\\n");process.exit(1)}\n`;
  return Buffer.concat([Buffer.from(guard), contents]);
}

/**
 * The prefix of the variables with which the script passes values to the program (`takeLaunchEnvironment`).
 *
 * @param {string} providerType
 */
function prefixOf(providerType) {
  return providerType.toUpperCase();
}
