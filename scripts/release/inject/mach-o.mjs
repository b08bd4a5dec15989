import { LC_CODE_SIGNATURE, loadCommands, segmentCommand, segmentsOf, shifted } from "./mach-o-commands.mjs";
import { signatureOf, signatureSize } from "./mach-o-signature.mjs";

/** The page size of arm64, a multiple of x64's. */
const PAGE = 0x4000;

/**
 * Makes the executable for macOS. Node.js looks for the blob in a separate segment. It goes before `__LINKEDIT`, which has to be the last
 * segment. Node.js's own signature does not cover the blob, so an ad-hoc signature replaces it: arm64 runs no unsigned code.
 *
 * @param {Buffer} node
 * @param {string} name
 * @param {Buffer} blob
 * @param {string} identifier what the signature calls the executable
 */
export function injectMachO(node, name, blob, identifier) {
  const commands = loadCommands(node);
  const segments = segmentsOf(commands);
  const text = segments.find((segment) => segment.name === "__TEXT");
  const linkedit = segments.find((segment) => segment.name === "__LINKEDIT");
  const signed = commands.find(({ type }) => type === LC_CODE_SIGNATURE);
  if (!text || !linkedit || !signed) throw new Error("no __TEXT or __LINKEDIT segment, or no signature to replace");

  const { address, fileOffset } = linkedit;
  const size = roundUp(blob.length, PAGE);
  const unsignedEnd = signed.bytes.readUInt32LE(8);
  const signatureStart = roundUp(unsignedEnd + size, 16);
  const end = signatureStart + signatureSize(signatureStart, identifier);
  const segment = segmentCommand({ segment: "NODE_SEA", section: `__${name}`, address, fileOffset, size, contentSize: blob.length });
  const list = commands.flatMap((command) => {
    const bytes = shifted(command, fileOffset, size);
    if (command === signed) [signatureStart, end - signatureStart].forEach((value, i) => bytes.writeUInt32LE(value, 8 + i * 4));
    if (command !== linkedit.command) return [bytes];
    const fileSize = end - fileOffset - size;
    const place = [address + size, roundUp(fileSize, PAGE), fileOffset + size, fileSize];
    place.forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), 24 + i * 8));
    return [segment, bytes];
  });

  const header = Buffer.concat([node.subarray(0, 32), ...list]);
  header.writeUInt32LE(list.length, 16);
  header.writeUInt32LE(header.length - 32, 20);
  if (header.length > text.sections[0].fileOffset) throw new Error("the header has no room for one more segment");
  const code = Buffer.concat([
    header,
    node.subarray(header.length, fileOffset),
    blob,
    Buffer.alloc(size - blob.length),
    node.subarray(fileOffset, unsignedEnd),
    Buffer.alloc(signatureStart - unsignedEnd - size),
  ]);
  return Buffer.concat([code, signatureOf(code, identifier, text)]);
}

/**
 * @param {number} value
 * @param {number} step
 */
const roundUp = (value, step) => Math.ceil(value / step) * step;
