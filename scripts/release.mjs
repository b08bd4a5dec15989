// npm run release:provider: writes the provider in the layout of a registry, with an executable for each platform that needs no Node.js.
//   --only PLATFORM   build only for this platform, such as linux_amd64; repeatable
//   --out DIR         the folder to write to (default release); replaces an earlier release in it
//   --mirror DIR      also add the release to this mirror, new or existing: a `filesystem_mirror`, or a `network_mirror` if a web server serves it
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
  // A stack trace would not help: the message says what to do.
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
  // No registry has a development build.
  if (process.env.IMAGETASK_RELEASE === "1") noteBuilds(root, archives);
  mirror?.add(out, version, archives);
  console.log(`Wrote version ${version} to ${out}${mirror === undefined ? "" : ` and to the mirror ${values.mirror}`}.`);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
