import { inflateRawSync } from "node:zlib";
import type { ZipEntry } from "../../lib/private/zip";

/** The files of a ZIP archive, as its central directory lists them. */
export function unzip(archive: Buffer): ZipEntry[] {
  const end = archive.length - 22;
  if (archive.toString("latin1", end, end + 4) !== "PK\x05\x06") throw new Error("no ZIP archive without a comment");
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const [size, nameLength, local] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    at += 46 + nameLength;
    return { name, contents: inflateRawSync(archive.subarray(data, data + size)) };
  });
}
