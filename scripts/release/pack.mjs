// Makes one platform's archive: `node pack.mjs JOB`, where JOB is a `Job` in JSON; prints a `Packed` in JSON. It runs in the Node.js that the
// executables contain: the zlib of another version may compress differently, and every machine has to make the same archive.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inject } from "./inject/inject.mjs";
import { packageHash } from "../build/package-hash.mjs";

/**
 * @typedef {object} Job
 * @property {string} zip The module that makes archives.
 * @property {"elf" | "mach-o" | "pe"} format
 * @property {string} node The file of Node.js.
 * @property {string} blob The file of the blob.
 * @property {string} executable The name in the archive.
 * @property {{ name: string, file: string }[]} texts Other files for the archive.
 * @property {string} archive The file to write.
 *
 * @typedef {{ h1: string, zh: string, bytes: number, executableBytes: number }} Packed Terraform's hashes, of the files and of the archive.
 */

/** @type {Job} */
const job = JSON.parse(process.argv[2]);
/** @type {typeof import("../../lib/private/zip.js")} */
const { zip } = createRequire(import.meta.url)(job.zip);
/** Higher levels take three times as long to save one per cent. */
const LEVEL = 6;

const contents = inject(job.format, readFileSync(job.node), readFileSync(job.blob), job.executable);
const files = [
  { name: job.executable, contents, executable: true },
  ...job.texts.map(({ name, file }) => ({ name, contents: readFileSync(file), executable: false })),
].sort((a, b) => (a.name < b.name ? -1 : 1));
const archive = zip(files, LEVEL);
writeFileSync(job.archive, archive);
/** @type {Packed} */
const packed = {
  h1: packageHash(files),
  zh: `zh:${createHash("sha256").update(archive).digest("hex")}`,
  bytes: archive.length,
  executableBytes: contents.length,
};
console.log(JSON.stringify(packed));
