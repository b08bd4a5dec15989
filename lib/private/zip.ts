import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** Folders are separated by `/`. */
  readonly name: string;
  readonly contents: Buffer;
  /** @default false */
  readonly executable?: boolean;
}

/**
 * Creates a ZIP archive. The same entries give the same bytes, because it contains no time.
 *
 * @param level of compression, 1 to 9
 */
export function zip(entries: readonly ZipEntry[], level = 9): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, contents, executable = false } of entries) {
    const data = deflateRawSync(contents, { level });
    const path = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(VERSION, 0);
    about.writeUInt16LE(UTF8, 2);
    about.writeUInt16LE(DEFLATE, 4);
    about.writeUInt32LE(EPOCH, 6);
    about.writeUInt32LE(crc32(contents), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(contents.length, 18);
    about.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([signature("\x03\x04"), about, path, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(executable ? EXECUTABLE : FILE, 6);
    rest.writeUInt32LE(offset, 10);
    centrals.push(signature("\x01\x02"), MADE_ON_UNIX, about, rest, path);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, signature("\x05\x06"), end]);
}

/** The version needed to extract: ZIP 2.0. */
const VERSION = 20;
const UTF8 = 0x0800;
const DEFLATE = 8;
/** Time and date: midnight of 1 January 1980, the earliest that the format can express. */
const EPOCH = 0x0021_0000;
/** A regular file that everyone may read. */
const FILE = (0o100644 << 16) >>> 0;
const EXECUTABLE = (0o100755 << 16) >>> 0;
const MADE_ON_UNIX = Buffer.from([VERSION, 3]);

const signature = (kind: string): Buffer => Buffer.from(`PK${kind}`, "latin1");

/** As `zlib.crc32`, which can replace it when Node.js before 20.15 is no longer supported. */
function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  return value;
});
