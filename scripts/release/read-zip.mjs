import { inflateRawSync } from "node:zlib";

/**
 * Returns the entries of an archive, from its directory. Does not support comments, nor archives of more than 4 GB.
 *
 * @param {Buffer} archive
 */
export function readZip(archive) {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== 0x0605_4b50) throw new Error("this is not a ZIP archive");
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const packedSize = archive.readUInt32LE(at + 20);
    const nameSize = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const entry = {
      name: archive.toString("utf8", at + 46, at + 46 + nameSize),
      mode: archive.readUInt32LE(at + 38) >>> 16,
      time: archive.readUInt32LE(at + 12),
      contents: () => inflateRawSync(archive.subarray(start, start + packedSize)),
    };
    at += 46 + nameSize + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    return entry;
  });
}
