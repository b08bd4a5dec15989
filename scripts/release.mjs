// `npm run release:provider`: the provider as a registry wants it, for each platform an executable that needs no Node.js. Options:
//   --only PLATFORM   that platform alone, such as linux_amd64; may be given more than once
//   --out DIR         the folder to write to, `release` unless given
//   --mirror DIR      a folder that becomes, or already is, a mirror: for `filesystem_mirror`, and for `network_mirror` once a web server serves it
//   --key ID          sign with this GPG key
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { noteBuilds } from "./release/builds.mjs";
import { addToMirror } from "./release/mirror.mjs";
import { makeArchives } from "./release/archives.mjs";
import { PLATFORMS, platformOf } from "./release/platforms.mjs";
import { writeSums } from "./release/sums.mjs";
import { verifyRelease } from "./release/verify.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    out: { type: "string", default: join(root, "release") },
    mirror: { type: "string" },
    key: { type: "string" },
  },
});
const out = resolve(values.out);
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, "dist/plugin/manifest.json"), "utf8"));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const archives = await makeArchives(root, out, version, values.only?.map(platformOf) ?? PLATFORMS);
for (const { name, executableBytes, bytes } of archives) console.log(`${name}: ${megabytes(executableBytes)}, packed ${megabytes(bytes)}`);
writeSums(out, version, values.key);
verifyRelease(out);
// A development build is nobody else's: no registry has it.
if (process.env.IMAGETASK_RELEASE === "1") noteBuilds(root, archives);
if (values.mirror !== undefined) addToMirror(resolve(values.mirror), out, version, archives);
console.log(`${version} in ${out}${values.mirror === undefined ? "" : `, and in the mirror ${values.mirror}`}`);

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
