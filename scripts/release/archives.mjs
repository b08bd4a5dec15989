import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundleExecutable } from "../build/plugin.mjs";
import { NOTICES } from "../build/notices.mjs";
import { makeBlob } from "./blob.mjs";
import { archiveName, executableName } from "./names.mjs";
import { nodeOf } from "./node-of.mjs";
import { hostPlatform } from "./platforms.mjs";

/** While an executable of 110 MB is packed, memory holds it three times. */
const MOST_AT_ONCE = 4;

/**
 * Makes an archive for each platform, with the provider from `dist/`.
 *
 * @typedef {{ platform: string, name: string } & import("./pack.mjs").Packed} Archive
 *
 * @param {string} root the project's
 * @param {string} out the folder to write to
 * @param {string} version
 * @param {readonly import("./platforms.mjs").Platform[]} platforms
 * @returns {Promise<Archive[]>}
 */
export async function makeArchives(root, out, version, platforms) {
  const host = nodeOf(root, hostPlatform());
  const built = join(root, "dist/plugin/package");
  const bundles = Object.fromEntries(["provider.js", "ecs.js"].map((name) => [name, readFileSync(join(built, name))]));
  const folder = mkdtempSync(join(tmpdir(), "imagetask-release-"));
  try {
    const blob = join(folder, "blob");
    writeFileSync(blob, makeBlob(host.executable, (await bundleExecutable(root)).contents, bundles));
    const queue = platforms.map((platform, place) => ({ platform, place }));
    /** @type {Archive[]} */
    const archives = [];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        archives[next.place] = await makeArchive({ root, out, version, host, blob, platform: next.platform });
    };
    await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, availableParallelism()) }, work));
    return archives;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ root: string, out: string, version: string, host: { executable: string, licence: string }, blob: string, platform: import("./platforms.mjs").Platform }} parts
 * @returns {Promise<Archive>}
 */
async function makeArchive({ root, out, version, host, blob, platform }) {
  const name = archiveName(version, platform.name);
  /** @type {import("./pack.mjs").Job} */
  const job = {
    zip: join(root, "dist/private/zip.js"),
    format: platform.format,
    node: nodeOf(root, platform).executable,
    blob,
    executable: executableName(version, platform.suffix),
    texts: [
      { name: "LICENSE", file: join(root, "LICENSE") },
      // Not from the platform's own package: the one for Windows has no licence.
      { name: "LICENSE-node.txt", file: host.licence },
      { name: NOTICES, file: join(root, NOTICES) },
    ],
    archive: join(out, name),
  };
  const { stdout } = await promisify(execFile)(
    host.executable,
    [fileURLToPath(new URL("pack.mjs", import.meta.url)), JSON.stringify(job)],
    {
      env: {},
    },
  );
  return { platform: platform.name, name, .../** @type {import("./pack.mjs").Packed} */ (JSON.parse(stdout)) };
}
