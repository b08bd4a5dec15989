/**
 * The resources of a Windows executable: folders by type, name and language. A key is a name or a number.
 *
 * @typedef {{ address: number, size: number, codePage: number }} Present a resource that the executable already contains
 *
 * @typedef {Buffer | Present} Resource
 *
 * @typedef {Map<string | number, Folder | Resource>} Folder
 */

const FOLDER_SIZE = 16;
const ENTRY_SIZE = 8;
const RESOURCE_SIZE = 16;
/** The flag of an offset to a folder or to a name. */
const HIGH = 0x8000_0000;

/**
 * @param {Buffer} bytes begin with the topmost folder
 * @param {number} [offset] the folder's
 * @returns {Folder}
 */
export function readResources(bytes, offset = 0) {
  const count = bytes.readUInt16LE(offset + 12) + bytes.readUInt16LE(offset + 14);
  /** @type {Folder} */
  const folder = new Map();
  for (let i = 0; i < count; i++) {
    const at = offset + FOLDER_SIZE + i * ENTRY_SIZE;
    const key = bytes.readUInt32LE(at);
    const target = bytes.readUInt32LE(at + 4);
    folder.set(
      key >= HIGH ? nameAt(bytes, key - HIGH) : key,
      target >= HIGH ? readResources(bytes, target - HIGH) : resourceAt(bytes, target),
    );
  }
  return folder;
}

/**
 * Writes the folders, then the entries of the resources, the names, and the contents of new resources.
 *
 * @param {Folder} tree
 * @param {number} address the result's address in memory
 */
export function writeResources(tree, address) {
  const folders = foldersOf(tree);
  const children = folders.flatMap((folder) => [...folder.values()]);
  const resources = children.filter(isResource);
  const contents = resources.filter(isNew);
  const names = folders.flatMap((folder) => [...folder.keys()]).filter((key) => typeof key === "string");

  const folderAt = inARow(folders, 0, (folder) => FOLDER_SIZE + folder.size * ENTRY_SIZE);
  const entryAt = inARow(resources, folderAt.end, () => RESOURCE_SIZE);
  const nameAt = inARow([...new Set(names)], entryAt.end, (name) => 2 + name.length * 2);
  const contentAt = inARow(contents, Math.ceil(nameAt.end / 8) * 8, (content) => content.length);

  const bytes = Buffer.alloc(contentAt.end);
  for (const [folder, at] of folderAt) {
    const sorted = [...folder].sort(([a], [b]) => order(a, b));
    const named = sorted.filter(([key]) => typeof key === "string").length;
    bytes.writeUInt16LE(named, at + 12);
    bytes.writeUInt16LE(sorted.length - named, at + 14);
    sorted.forEach(([key, child], i) => {
      const entry = at + FOLDER_SIZE + i * ENTRY_SIZE;
      bytes.writeUInt32LE(typeof key === "string" ? HIGH + nameAt.of(key) : key, entry);
      bytes.writeUInt32LE(child instanceof Map ? HIGH + folderAt.of(child) : entryAt.of(child), entry + 4);
    });
  }
  for (const [resource, at] of entryAt) {
    const present = isNew(resource) ? { address: address + contentAt.of(resource), size: resource.length, codePage: 0 } : resource;
    [present.address, present.size, present.codePage].forEach((value, i) => bytes.writeUInt32LE(value, at + i * 4));
  }
  for (const [name, at] of nameAt) {
    bytes.writeUInt16LE(name.length, at);
    bytes.write(name, at + 2, "utf16le");
  }
  for (const [content, at] of contentAt) content.copy(bytes, at);
  return bytes;
}

/**
 * @param {Folder | Resource} child
 * @returns {child is Resource}
 */
const isResource = (child) => !(child instanceof Map);

/**
 * @param {Resource} resource
 * @returns {resource is Buffer}
 */
const isNew = (resource) => resource instanceof Buffer;

/**
 * Places things one after the other, and returns where each is.
 *
 * @template T
 * @param {readonly T[]} things
 * @param {number} start
 * @param {(thing: T) => number} sizeOf
 */
function inARow(things, start, sizeOf) {
  /** @type {Map<T, number>} */
  const places = new Map();
  let end = start;
  for (const thing of things) {
    places.set(thing, end);
    end += sizeOf(thing);
  }
  return { end, of: (/** @type {T} */ thing) => /** @type {number} */ (places.get(thing)), [Symbol.iterator]: () => places.entries() };
}

/**
 * Returns the folder and all folders in it.
 *
 * @param {Folder} folder
 * @returns {Folder[]}
 */
function foldersOf(folder) {
  return [folder, ...[...folder.values()].flatMap((child) => (child instanceof Map ? foldersOf(child) : []))];
}

/**
 * Sorts names alphabetically before numbers, because Windows uses a binary search.
 *
 * @param {string | number} a
 * @param {string | number} b
 */
function order(a, b) {
  if (typeof a !== typeof b) return typeof a === "string" ? -1 : 1;
  return a < b ? -1 : 1;
}

/**
 * @param {Buffer} bytes
 * @param {number} offset
 */
function nameAt(bytes, offset) {
  return bytes.toString("utf16le", offset + 2, offset + 2 + bytes.readUInt16LE(offset) * 2);
}

/**
 * @param {Buffer} bytes
 * @param {number} offset
 * @returns {Present}
 */
function resourceAt(bytes, offset) {
  return { address: bytes.readUInt32LE(offset), size: bytes.readUInt32LE(offset + 4), codePage: bytes.readUInt32LE(offset + 8) };
}
