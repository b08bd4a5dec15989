import { injectElf } from "./elf.mjs";
import { injectMachO } from "./mach-o.mjs";
import { injectPe } from "./pe.mjs";

/** The name by which Node.js finds the blob. */
export const BLOB = "NODE_SEA_BLOB";
/** Node.js looks for the blob if a `1` follows instead of a `0`. */
export const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:";

/**
 * Makes a Node.js that runs only the blob, which its `--experimental-sea-config` has made. The same input gives the same bytes.
 *
 * This code replaces postject, which does the same with a library in WebAssembly and takes half a minute or more for each
 * executable.
 *
 * @param {"elf" | "mach-o" | "pe"} format
 * @param {Buffer} node
 * @param {Buffer} blob
 * @param {string} identifier what a signature calls the executable
 */
export function inject(format, node, blob, identifier) {
  const ready = lit(node);
  if (format === "mach-o") return injectMachO(ready, BLOB, blob, identifier);
  return (format === "elf" ? injectElf : injectPe)(ready, BLOB, blob);
}

/** @param {Buffer} node */
function lit(node) {
  const at = node.indexOf(`${FUSE}0`);
  if (at < 0 || node.indexOf(FUSE, at + 1) >= 0)
    throw new Error("this Node.js cannot become a single executable: its fuse is missing, or occurs twice");
  const copy = Buffer.from(node);
  copy.write("1", at + FUSE.length);
  return copy;
}
