/**
 * Makes the executable for Linux. Node.js looks for the blob in the notes of its program headers. The table of headers has no room for more, so
 * a copy of it with two more headers, and the blob, follow everything that is loaded. Symbols and section headers, which nothing
 * reads at run time, are removed.
 *
 * @param {Buffer} node
 * @param {string} name the note's
 * @param {Buffer} blob
 */
export function injectElf(node, name, blob) {
  if (node.readUInt32BE(0) !== 0x7f454c46 || node[4] !== 2 || node[5] !== 1) throw new Error("not a 64-bit little-endian ELF file");
  const headers = programHeaders(node);
  const loads = headers.filter(({ type }) => type === PT_LOAD);
  const [first] = loads;
  const pageSize = Math.max(...loads.map(({ align }) => align));
  const contentEnd = Math.max(...headers.map(({ offset, fileSize }) => offset + fileSize));
  const memoryEnd = Math.max(...loads.map(({ address, memorySize }) => address + memorySize));
  // The same distance in memory as in the file, which kernels before 5.18 expect for the program headers.
  const offset = roundUp(Math.max(contentEnd, memoryEnd - first.address + first.offset), pageSize);
  const address = first.address + offset - first.offset;

  const tableSize = (headers.length + 2) * HEADER_SIZE;
  const note = noteOf(name, blob);
  const added = { pageSize, offset, address, tableSize, noteSize: note.length };
  const result = Buffer.concat([node.subarray(0, contentEnd), Buffer.alloc(offset - contentEnd), Buffer.alloc(tableSize), note]);
  writeTable(result, headers, added);
  result.writeBigUInt64LE(BigInt(offset), 32);
  result.writeUInt16LE(headers.length + 2, 56);
  // No section headers: their offset, number and names.
  result.writeBigUInt64LE(0n, 40);
  result.writeUInt16LE(0, 60);
  result.writeUInt16LE(0, 62);
  return result;
}

const PT_LOAD = 1;
const PT_NOTE = 4;
const PT_PHDR = 6;
const PF_R = 4;
const HEADER_SIZE = 56;

/** @param {Buffer} file */
export function programHeaders(file) {
  const start = Number(file.readBigUInt64LE(32));
  return Array.from({ length: file.readUInt16LE(56) }, (_, i) => {
    const bytes = file.subarray(start + i * HEADER_SIZE, start + (i + 1) * HEADER_SIZE);
    /** @param {number} at */
    const long = (at) => Number(bytes.readBigUInt64LE(at));
    return {
      bytes,
      type: bytes.readUInt32LE(0),
      offset: long(8),
      address: long(16),
      fileSize: long(32),
      memorySize: long(40),
      align: long(48),
    };
  });
}

/**
 * The loader requires segments in the order of their addresses; ours is the highest.
 *
 * @param {Buffer} file
 * @param {ReturnType<typeof programHeaders>} headers
 * @param {{ pageSize: number, offset: number, address: number, tableSize: number, noteSize: number }} added
 */
function writeTable(file, headers, { pageSize, offset, address, tableSize, noteSize }) {
  const own = headers.map(({ type, bytes }) => (type === PT_PHDR ? header(PT_PHDR, offset, address, tableSize, 8) : Buffer.from(bytes)));
  const last = headers.findLastIndex(({ type }) => type === PT_LOAD);
  own.splice(last + 1, 0, header(PT_LOAD, offset, address, tableSize + noteSize, pageSize));
  own.push(header(PT_NOTE, offset + tableSize, address + tableSize, noteSize, 4));
  Buffer.concat(own).copy(file, offset);
}

/**
 * @param {number} type
 * @param {number} offset
 * @param {number} address
 * @param {number} size
 * @param {number} align
 */
function header(type, offset, address, size, align) {
  const bytes = Buffer.alloc(HEADER_SIZE);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(PF_R, 4);
  [offset, address, address, size, size, align].forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), 8 + i * 8));
  return bytes;
}

/**
 * @param {string} name
 * @param {Buffer} content
 */
function noteOf(name, content) {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(name.length + 1, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, padded(Buffer.from(`${name}\0`)), padded(content)]);
}

/** @param {Buffer} bytes */
const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(roundUp(bytes.length, 4) - bytes.length)]);

/**
 * @param {number} value
 * @param {number} step
 */
const roundUp = (value, step) => Math.ceil(value / step) * step;
