import { readResources, writeResources } from "./pe-resources.mjs";

/**
 * Makes the executable for Windows. Node.js looks for the blob in the resources, so a new section has a new directory of resources and the
 * blob; existing resources stay where they are. The signature of Node.js, which does not cover the blob, is removed.
 *
 * @param {Buffer} node
 * @param {string} name the resource's
 * @param {Buffer} blob
 */
export function injectPe(node, name, blob) {
  const { optional, sections, certificates } = readPe(node);
  const content = node.subarray(0, certificates.offset || node.length);
  const headersEnd = sections.offset + (sections.list.length + 1) * SECTION_SIZE;
  if (headersEnd > node.readUInt32LE(optional + 60)) throw new Error("the headers have no room for one more section");

  const sectionAlignment = node.readUInt32LE(optional + 32);
  const fileAlignment = node.readUInt32LE(optional + 36);
  const address = roundUp(node.readUInt32LE(optional + 56), sectionAlignment);
  const resources = node.readUInt32LE(optional + RESOURCES);
  const tree = readResources(node.subarray(fileOffset(sections.list, resources)));
  const data = writeResources(withBlob(tree, name, blob), address);

  const start = roundUp(content.length, fileAlignment);
  const size = roundUp(data.length, fileAlignment);
  const result = Buffer.concat([content, Buffer.alloc(start - content.length), data, Buffer.alloc(size - data.length)]);
  const header = headersEnd - SECTION_SIZE;
  result.fill(0, header, headersEnd).write(".rsrc2", header, "latin1");
  [data.length, address, size, start].forEach((value, i) => result.writeUInt32LE(value, header + 8 + i * 4));
  result.writeUInt32LE(INITIALISED_DATA | READABLE, header + 36);
  result.writeUInt16LE(sections.list.length + 1, sections.count);
  result.writeUInt32LE(roundUp(address + data.length, sectionAlignment), optional + 56);
  // No checksum: only drivers need one.
  result.writeUInt32LE(0, optional + 64);
  result.writeUInt32LE(address, optional + RESOURCES);
  result.writeUInt32LE(data.length, optional + RESOURCES + 4);
  result.fill(0, optional + CERTIFICATES, optional + CERTIFICATES + 8);
  return result;
}

const SECTION_SIZE = 40;
/** Offsets of the data directories in the optional header. */
const RESOURCES = 112 + 2 * 8;
const CERTIFICATES = 112 + 4 * 8;
const RAW_DATA = 10;
const INITIALISED_DATA = 0x40;
const READABLE = 0x4000_0000;

/**
 * Returns where the parts of a 64-bit executable are.
 *
 * @param {Buffer} file
 */
export function readPe(file) {
  const start = file.readUInt32LE(0x3c);
  const optional = start + 24;
  if (file.toString("latin1", start, start + 4) !== "PE\0\0" || file.readUInt16LE(optional) !== 0x20b)
    throw new Error("not a 64-bit Windows executable");
  const offset = optional + file.readUInt16LE(start + 20);
  const list = Array.from({ length: file.readUInt16LE(start + 6) }, (_, i) => {
    const at = offset + i * SECTION_SIZE;
    return {
      name: file.toString("latin1", at, at + 8).replace(/\0+$/, ""),
      address: file.readUInt32LE(at + 12),
      size: file.readUInt32LE(at + 16),
      offset: file.readUInt32LE(at + 20),
    };
  });
  return {
    optional,
    sections: { count: start + 6, offset, list },
    resources: file.readUInt32LE(optional + RESOURCES),
    certificates: { offset: file.readUInt32LE(optional + CERTIFICATES), size: file.readUInt32LE(optional + CERTIFICATES + 4) },
  };
}

/**
 * Converts an address in memory to an offset in the file.
 *
 * @param {ReturnType<typeof readPe>["sections"]["list"]} sections
 * @param {number} address
 */
export function fileOffset(sections, address) {
  const section = sections.find((candidate) => address >= candidate.address && address < candidate.address + candidate.size);
  if (!section) throw new Error(`no section contains the address ${address.toString(16)}`);
  return section.offset + address - section.address;
}

/**
 * @param {import("./pe-resources.mjs").Folder} tree
 * @param {string} name
 * @param {Buffer} blob
 */
function withBlob(tree, name, blob) {
  /** @type {import("./pe-resources.mjs").Folder} */
  const ofType = new Map(/** @type {import("./pe-resources.mjs").Folder | undefined} */ (tree.get(RAW_DATA)) ?? []);
  ofType.set(name, new Map([[0, blob]]));
  return new Map(tree).set(RAW_DATA, ofType);
}

/**
 * @param {number} value
 * @param {number} step
 */
const roundUp = (value, step) => Math.ceil(value / step) * step;
