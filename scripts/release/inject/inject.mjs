import { injectElf } from "./elf.mjs";
import { injectMachO } from "./mach-o.mjs";
import { injectPe } from "./pe.mjs";

/** Names by which Node.js finds what it is to run. */
export const BLOB = "NODE_SEA_BLOB";
/** With a `1` in place of the `0`, Node.js looks for the blob. */
export const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:";

/**
 * A Node.js that runs a blob, made by its `--experimental-sea-config`, and nothing else. The same bytes give the same bytes.
 *
 * Written by hand, as Node.js looks for the blob in a place that each format has had from the start; postject, which does the same with a
 * whole library for executables in WebAssembly, takes half a minute and more for each.
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
    throw new Error("this Node.js cannot become a single executable: its fuse is not there, or there twice");
  const copy = Buffer.from(node);
  copy.write("1", at + FUSE.length);
  return copy;
}
