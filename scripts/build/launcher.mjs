import { readFileSync } from "node:fs";

const SCRIPT = readFileSync(new URL("launcher.sh", import.meta.url), "utf8");

/** The JavaScript that the executable starts. Its name ends in `.js`, by which Node recognises it even where a loader or a default type is set. */
export const MAIN = "main.js";

/**
 * The executable: a shell script, because something has to say so where Node.js is missing or does not start.
 *
 * @param {string} providerType
 */
export function toExecutable(providerType) {
  return Buffer.from(SCRIPT.replaceAll("@NAME@", providerType).replaceAll("@PREFIX@", prefixOf(providerType)));
}

/**
 * The program that the executable starts. Its first line runs on an old Node.js too, and refuses it.
 *
 * @param {string} providerType
 * @param {Buffer} contents JavaScript that an old Node.js can at least parse
 */
export function toMain(providerType, contents) {
  const guard = `var v=process.versions.node.split(".");if(v[0]<20||v[0]==20&&v[1]<9){require("fs").writeSync(+process.env.${prefixOf(providerType)}_HANDSHAKE||1,"The ${providerType} provider needs Node.js 20.9 or later; the node on PATH is "+process.versions.node+".\\n");process.exit(1)}\n`;
  return Buffer.concat([Buffer.from(guard), contents]);
}

/**
 * What the variables begin with by which the script hands things to the program (`takeLaunchEnvironment`).
 *
 * @param {string} providerType
 */
function prefixOf(providerType) {
  return providerType.toUpperCase();
}
