// `npm run release:provider`: the provider as a registry wants it, for each platform an executable that needs no Node.js. Options:
//   --only PLATFORM   that platform alone, such as linux_amd64; may be given more than once
//   --out DIR         the folder to write to, `release` unless given; an earlier release in it is replaced
//   --mirror DIR      a folder that becomes, or already is, a mirror: for `filesystem_mirror`, and for `network_mirror` once a web server serves it
//   --key ID          sign with this GPG key
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { noteBuilds } from "./release/builds.mjs";
import { openMirror } from "./release/mirror.mjs";
import { makeArchives } from "./release/archives.mjs";
import { PLATFORMS, platformOf } from "./release/platforms.mjs";
import { replaceRelease } from "./release/replace-release.mjs";
import { writeSums } from "./release/sums.mjs";
import { verifyRelease } from "./release/verify.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await release();
} catch (error) {
  // Whoever runs this wants to know what to do, not where in the script it happened.
  console.error(`release:provider: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
}

async function release() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      out: { type: "string", default: join(root, "release") },
      mirror: { type: "string" },
      key: { type: "string" },
    },
  });
  const out = resolve(values.out);
  const platforms = values.only?.map(platformOf) ?? PLATFORMS;
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(root, "dist/plugin/manifest.json"), "utf8"));
  const mirror = values.mirror === undefined ? undefined : openMirror(resolve(values.mirror));

  /** @type {import("./release/archives.mjs").Archive[]} */
  let archives = [];
  await replaceRelease(out, async (draft) => {
    archives = await makeArchives(root, draft, version, platforms);
    for (const { name, executableBytes, bytes } of archives)
      console.log(`${name}: ${megabytes(executableBytes)}, packed ${megabytes(bytes)}`);
    writeSums(draft, version, values.key);
    verifyRelease(draft);
  });
  // A development build is nobody else's: no registry has it.
  if (process.env.IMAGETASK_RELEASE === "1") noteBuilds(root, archives);
  mirror?.add(out, version, archives);
  console.log(`${version} in ${out}${mirror === undefined ? "" : `, and in the mirror ${values.mirror}`}`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
