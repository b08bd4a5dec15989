export const LC_SEGMENT_64 = 0x19;
export const LC_CODE_SIGNATURE = 0x1d;

/**
 * The fields of load commands that contain offsets in the file, by kind. Any other kind is an error, because it might contain offsets too.
 *
 * @type {{ readonly [type: number]: readonly number[] }}
 */
const OFFSETS = {
  // LC_SYMTAB: symbols and strings. LC_DYSYMTAB: six tables. LC_DYLD_INFO_ONLY: five.
  0x2: [8, 16],
  0xb: [32, 40, 48, 56, 64, 72],
  0x8000_0022: [8, 16, 24, 32, 40],
  // LC_CODE_SIGNATURE, LC_SEGMENT_SPLIT_INFO, LC_FUNCTION_STARTS, LC_DATA_IN_CODE, LC_DYLD_EXPORTS_TRIE, LC_DYLD_CHAINED_FIXUPS.
  ...listed([LC_CODE_SIGNATURE, 0x1e, 0x26, 0x29, 0x8000_0033, 0x8000_0034], [8]),
  // LC_LOAD_DYLIB, LC_LOAD_DYLINKER, LC_UUID, LC_RPATH, LC_SOURCE_VERSION, LC_MAIN, LC_BUILD_VERSION; the code that moves a segment sets its place.
  ...listed([LC_SEGMENT_64, 0xc, 0xe, 0x1b, 0x8000_001c, 0x2a, 0x8000_0028, 0x32], []),
};

/** @typedef {{ type: number, bytes: Buffer }} Command */

/**
 * @param {Buffer} file
 * @returns {Command[]}
 */
export function loadCommands(file) {
  if (file.readUInt32LE(0) !== 0xfeed_facf) throw new Error("not a 64-bit Mach-O file");
  let at = 32;
  return Array.from({ length: file.readUInt32LE(16) }, () => {
    const bytes = file.subarray(at, (at += file.readUInt32LE(at + 4)));
    return { type: bytes.readUInt32LE(0), bytes };
  });
}

/** @param {readonly Command[]} commands */
export function segmentsOf(commands) {
  return commands
    .filter(({ type }) => type === LC_SEGMENT_64)
    .map((command) => {
      const { bytes } = command;
      /** @param {number} at */
      const long = (at) => Number(bytes.readBigUInt64LE(at));
      return {
        command,
        name: nameAt(bytes, 8),
        address: long(24),
        fileOffset: long(40),
        fileSize: long(48),
        sections: Array.from({ length: bytes.readUInt32LE(64) }, (_, i) => {
          const at = 72 + i * 80;
          return { name: nameAt(bytes, at), size: long(at + 40), fileOffset: bytes.readUInt32LE(at + 48) };
        }),
      };
    });
}

/**
 * Copies the command, for a file in which everything from an offset on has moved.
 *
 * @param {Command} command
 * @param {number} from
 * @param {number} by
 */
export function shifted({ type, bytes }, from, by) {
  const fields = OFFSETS[type];
  if (!fields) throw new Error(`a load command of the unknown kind 0x${type.toString(16)}`);
  const copy = Buffer.from(bytes);
  for (const field of fields) {
    const offset = copy.readUInt32LE(field);
    if (offset >= from) copy.writeUInt32LE(offset + by, field);
  }
  return copy;
}

/**
 * Makes the command of a readable segment with one section.
 *
 * @param {{ segment: string, section: string, address: number, fileOffset: number, size: number, contentSize: number }} parts
 */
export function segmentCommand({ segment, section, address, fileOffset, size, contentSize }) {
  const bytes = Buffer.alloc(72 + 80);
  bytes.writeUInt32LE(LC_SEGMENT_64, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.write(segment, 8, "latin1");
  [address, size, fileOffset, size].forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), 24 + i * 8));
  // Maximum and initial protection: read only.
  bytes.writeUInt32LE(1, 56);
  bytes.writeUInt32LE(1, 60);
  bytes.writeUInt32LE(1, 64);
  bytes.write(section, 72, "latin1");
  bytes.write(segment, 88, "latin1");
  bytes.writeBigUInt64LE(BigInt(address), 104);
  bytes.writeBigUInt64LE(BigInt(contentSize), 112);
  bytes.writeUInt32LE(fileOffset, 120);
  return bytes;
}

/**
 * @param {Buffer} bytes
 * @param {number} at
 */
const nameAt = (bytes, at) => bytes.toString("latin1", at, at + 16).replace(/\0+$/, "");

/**
 * @param {readonly number[]} types
 * @param {readonly number[]} fields
 */
function listed(types, fields) {
  return Object.fromEntries(types.map((type) => [type, fields]));
}
