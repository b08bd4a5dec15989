import { programHeaders } from "./inject/elf.mjs";
import { BLOB, FUSE } from "./inject/inject.mjs";
import { LC_CODE_SIGNATURE, loadCommands, segmentsOf } from "./inject/mach-o-commands.mjs";
import { pageHashes, readSignature } from "./inject/mach-o-signature.mjs";
import { fileOffset, readPe } from "./inject/pe.mjs";
import { readResources } from "./inject/pe-resources.mjs";

/** The first bytes of a blob. */
const MAGIC = 0x143da20;
/** The number of each format's processors. */
const PROCESSORS = {
  elf: { amd64: 62, arm64: 183 },
  "mach-o": { amd64: 0x0100_0007, arm64: 0x0100_000c },
  pe: { amd64: 0x8664, arm64: 0xaa64 },
};

/**
 * Fails unless the executable is for the platform, and Node.js finds the provider in it.
 *
 * @param {import("./platforms.mjs").Platform} platform
 * @param {Buffer} file
 */
export function verifyExecutable({ name, format }, file) {
  if (file.indexOf(`${FUSE}1`) < 0) throw new Error("the executable is still a plain Node.js");
  const { processor, blob } = { elf: inElf, "mach-o": inMachO, pe: inPe }[format](file);
  const wanted = PROCESSORS[format][name.endsWith("_arm64") ? "arm64" : "amd64"];
  if (processor !== wanted) throw new Error(`the executable is for another processor: ${processor} instead of ${wanted}`);
  if (blob?.readUInt32LE(0) !== MAGIC) throw new Error("Node.js would not find the provider in the executable");
}

/** @param {Buffer} file */
function inElf(file) {
  const notes = programHeaders(file).filter(({ type }) => type === 4);
  const named = notes
    .map(({ offset }) => offset)
    .filter((offset) => file.toString("latin1", offset + 12, offset + 12 + BLOB.length) === BLOB);
  return { processor: file.readUInt16LE(18), blob: named.length === 1 ? file.subarray(named[0] + 12 + 16) : undefined };
}

/** @param {Buffer} file */
function inMachO(file) {
  const commands = loadCommands(file);
  const segments = segmentsOf(commands);
  const section = segments.find((segment) => segment.name === "NODE_SEA")?.sections.find((found) => found.name === `__${BLOB}`);
  const [last] = segments.slice(-1);
  const { bytes } = commands.find(({ type }) => type === LC_CODE_SIGNATURE) ?? { bytes: undefined };
  const start = bytes?.readUInt32LE(8) ?? 0;
  const { codeSize, hashes } = readSignature(file.subarray(start));
  if (codeSize !== start || last.name !== "__LINKEDIT" || last.fileOffset + last.fileSize !== file.length)
    throw new Error("the signature is not at the end of the file");
  if (pageHashes(file.subarray(0, start)).some((hash, i) => !hash.equals(hashes[i])))
    throw new Error("the signature does not match the code");
  return { processor: file.readUInt32LE(4), blob: section && file.subarray(section.fileOffset, section.fileOffset + section.size) };
}

/** @param {Buffer} file */
function inPe(file) {
  const { sections, resources, certificates } = readPe(file);
  if (certificates.size !== 0) throw new Error("the executable has the signature of another file");
  const types = readResources(file.subarray(fileOffset(sections.list, resources)));
  const found = [10, BLOB, 0].reduce((/** @type {any} */ folder, key) => folder?.get?.(key), types);
  const start = found && fileOffset(sections.list, found.address);
  return { processor: file.readUInt16LE(sections.count - 2), blob: found && file.subarray(start, start + found.size) };
}
