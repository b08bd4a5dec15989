import { readFileSync } from "node:fs";

const SCRIPT = readFileSync(new URL("launcher.sh", import.meta.url), "utf8");

/** The JavaScript that the executable starts. Its name ends in `.js`, since Node goes by that wherever a loader or a default type is set. */
export const MAIN = "main.js";

/**
 * The executable: a shell script, since where there is no Node.js, or none that starts, somebody has to say so.
 *
 * @param {string} providerType
 */
export function toExecutable(providerType) {
  return Buffer.from(SCRIPT.replaceAll("@NAME@", providerType));
}

/**
 * The program that the executable starts: it refuses an old Node.js in words that one understands.
 *
 * @param {string} providerType
 * @param {Buffer} contents JavaScript that an old Node.js can at least parse
 */
export function toMain(providerType, contents) {
  const guard = `var v=process.versions.node.split(".");if(v[0]<20||v[0]==20&&v[1]<9){require("fs").writeSync(+process.env.IMAGETASK_HANDSHAKE||1,"The ${providerType} provider needs Node.js 20.9 or later; the node on PATH is "+process.versions.node+".\\n");process.exit(1)}\n`;
  return Buffer.concat([Buffer.from(guard), contents]);
}
