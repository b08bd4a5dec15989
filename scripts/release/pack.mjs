// Makes one platform's archive: `node pack.mjs JOB`, where JOB is a `Job` in JSON; prints a `Packed` in JSON. It runs in the Node.js that the
// executables carry: another one's zlib may compress otherwise, and the archive has to be the same whoever makes it.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inject } from "./inject/inject.mjs";
import { packageHash } from "../build/package-hash.mjs";

/**
 * @typedef {object} Job
 * @property {string} zip The module that makes archives.
 * @property {"elf" | "mach-o" | "pe"} format
 * @property {string} node A file, as is `blob`.
 * @property {string} blob
 * @property {string} executable The name in the archive.
 * @property {{ name: string, file: string }[]} texts What else is to be in it.
 * @property {string} archive The file to write.
 *
 * @typedef {{ h1: string, zh: string, bytes: number, executableBytes: number }} Packed Terraform's hashes, of the files and of the archive.
 */

/** @type {Job} */
const job = JSON.parse(process.argv[2]);
/** @type {typeof import("../../lib/private/zip.js")} */
const { zip } = createRequire(import.meta.url)(job.zip);
/** Beyond this, three times the time saves one part in a hundred. */
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
