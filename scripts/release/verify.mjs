import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { verifyExecutable } from "./verify-executable.mjs";
import { archiveName, executableName, manifestName, sumsName } from "./names.mjs";
import { PLATFORMS } from "./platforms.mjs";
import { readZip } from "./read-zip.mjs";

/**
 * Fails unless a release is complete: every file has its checksum, every archive has the right files, and Node.js finds the provider in
 * every executable. You can also run `node scripts/release/verify.mjs DIR`.
 *
 * @param {string} release the folder
 */
export function verifyRelease(release) {
  const names = readdirSync(release);
  const version = versionOf(names);
  const sums = readFileSync(join(release, sumsName(version)), "utf8");
  const listed = sums
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? fail(`${sumsName(version)} has an invalid line: ${line}`);
      if (
        createHash("sha256")
          .update(readFileSync(join(release, name)))
          .digest("hex") !== sum
      )
        fail(`the checksum of ${name} does not match`);
      return name;
    });
  const wanted = names.filter((name) => !name.startsWith(sumsName(version))).sort();
  if (listed.join() !== wanted.join()) fail(`${sumsName(version)} names ${listed.join(", ")}, but the folder has ${wanted.join(", ")}`);
  const manifest = JSON.parse(readFileSync(join(release, manifestName(version)), "utf8"));
  if (manifest.version !== 1 || manifest.metadata?.protocol_versions?.join() !== "6.0") fail("the manifest is not that of protocol 6.0");

  const archives = PLATFORMS.filter(({ name }) => listed.includes(archiveName(version, name)));
  if (archives.length + 1 !== listed.length || archives.length === 0)
    fail(`one of these files is the archive of no known platform: ${listed.join(", ")}`);
  for (const platform of archives) verifyArchive(readFileSync(join(release, archiveName(version, platform.name))), version, platform);
  return { version, platforms: archives.map(({ name }) => name) };
}

/**
 * @param {Buffer} archive
 * @param {string} version
 * @param {import("./platforms.mjs").Platform} platform
 */
function verifyArchive(archive, version, platform) {
  const entries = readZip(archive);
  const executable = executableName(version, platform.suffix);
  const wanted = ["LICENSE", "LICENSE-node.txt", "THIRD-PARTY-NOTICES.txt", executable];
  const found = entries.map(({ name }) => name);
  if (found.join() !== wanted.join()) fail(`${platform.name}: the archive contains ${found.join(", ")} instead of ${wanted.join(", ")}`);
  for (const { name, mode, time } of entries) {
    const allowed = name === executable ? 0o100755 : 0o100644;
    if (mode !== allowed) fail(`${platform.name}: ${name} has the mode ${mode.toString(8)} instead of ${allowed.toString(8)}`);
    if (time !== 0x0021_0000) fail(`${platform.name}: ${name} has a modification time, so the archive is not reproducible`);
  }
  const { contents } = /** @type {(typeof entries)[number]} */ (entries.find(({ name }) => name === executable));
  try {
    verifyExecutable(platform, contents());
  } catch (error) {
    fail(`${platform.name}: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {readonly string[]} names */
function versionOf(names) {
  const found = names.map((name) => /^terraform-provider-imagetask_(\d\S*)_SHA256SUMS$/.exec(name)?.[1]).filter(Boolean);
  return found.length === 1 ? String(found[0]) : fail(`it has ${found.length} lists of checksums instead of one`);
}

/**
 * @param {string} what
 * @returns {never}
 */
function fail(what) {
  throw new Error(`The release is not complete: ${what}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { version, platforms } = verifyRelease(process.argv[2] ?? "release");
  console.log(`${version} is complete: ${platforms.join(", ")}`);
}
