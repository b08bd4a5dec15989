import { createHash } from "node:crypto";

// Numbers in a signature are big-endian, unlike all others in the file.
const SIGNATURE = 0xfade_0cc0;
const CODE_DIRECTORY = 0xfade_0c02;
/** The version that says which segment is executable. */
const VERSION = 0x2_0400;
/** Flags: no key has signed the code, and a linker made the signature. */
const AD_HOC_BY_LINKER = 0x2_0002;
const SHA256 = 2;
const HASH_SIZE = 32;
const PAGE_BITS = 12;
const MAIN_BINARY = 1;
/** The size of a signature's head with one part: kind, size and number of parts, then the part's kind and place. */
const HEAD_SIZE = 12 + 8;
const DIRECTORY_SIZE = 88;

/**
 * Makes an ad-hoc signature, as linkers do: hashes of the code's pages, without a key.
 *
 * @param {Buffer} code everything before the signature
 * @param {string} identifier
 * @param {{ fileOffset: number, fileSize: number }} text the executable segment
 */
export function signatureOf(code, identifier, text) {
  const pages = pagesOf(code.length);
  const size = signatureSize(code.length, identifier);
  const hashes = hashesAt(identifier);
  const directory = Buffer.alloc(size - HEAD_SIZE);
  [
    ...[CODE_DIRECTORY, directory.length, VERSION, AD_HOC_BY_LINKER, hashes, DIRECTORY_SIZE, 0, pages, code.length],
    // One byte each: size and kind of a hash, platform, page size.
    ((HASH_SIZE << 24) | (SHA256 << 16) | PAGE_BITS) >>> 0,
  ].forEach((value, i) => directory.writeUInt32BE(value, i * 4));
  [text.fileOffset, text.fileSize, MAIN_BINARY].forEach((value, i) => directory.writeBigUInt64BE(BigInt(value), 64 + i * 8));
  directory.write(identifier, DIRECTORY_SIZE, "latin1");
  pageHashes(code).forEach((hash, i) => hash.copy(directory, hashes + i * HASH_SIZE));

  const head = Buffer.alloc(HEAD_SIZE);
  [SIGNATURE, size, 1, 0, HEAD_SIZE].forEach((value, i) => head.writeUInt32BE(value, i * 4));
  return Buffer.concat([head, directory]);
}

/**
 * @param {number} codeSize
 * @param {string} identifier
 */
export function signatureSize(codeSize, identifier) {
  return HEAD_SIZE + hashesAt(identifier) + pagesOf(codeSize) * HASH_SIZE;
}

/**
 * Reads a signature; throws if it is none.
 *
 * @param {Buffer} signature
 */
export function readSignature(signature) {
  const directory = signature.subarray(signature.readUInt32BE(16));
  if (signature.readUInt32BE(0) !== SIGNATURE || directory.readUInt32BE(0) !== CODE_DIRECTORY) throw new Error("this is not a signature");
  const hashes = directory.readUInt32BE(16);
  const name = directory.readUInt32BE(20);
  return {
    identifier: directory.toString("latin1", name, directory.indexOf(0, name)),
    codeSize: directory.readUInt32BE(32),
    hashes: Array.from({ length: directory.readUInt32BE(28) }, (_, i) =>
      directory.subarray(hashes + i * HASH_SIZE, hashes + (i + 1) * HASH_SIZE),
    ),
  };
}

/**
 * Returns the hash of each page. The last page may be shorter.
 *
 * @param {Buffer} code
 */
export function pageHashes(code) {
  const size = 1 << PAGE_BITS;
  return Array.from({ length: pagesOf(code.length) }, (_, i) =>
    createHash("sha256")
      .update(code.subarray(i * size, (i + 1) * size))
      .digest(),
  );
}

/** @param {number} codeSize */
const pagesOf = (codeSize) => Math.ceil(codeSize / (1 << PAGE_BITS));

/** @param {string} identifier */
const hashesAt = (identifier) => DIRECTORY_SIZE + identifier.length + 1;
