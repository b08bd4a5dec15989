import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { verifyExecutable } from "./verify-executable.mjs";
import { archiveName, executableName, manifestName, sumsName } from "./names.mjs";
import { PLATFORMS } from "./platforms.mjs";
import { readZip } from "./read-zip.mjs";

/**
 * Fails unless a release is whole: every file has its checksum, every archive holds what it is to hold, and in every executable Node.js
 * finds the provider. `node scripts/release/verify.mjs DIR` does it by itself.
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
      const [, sum, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? fail(`${sumsName(version)} has a line that is none: ${line}`);
      if (
        createHash("sha256")
          .update(readFileSync(join(release, name)))
          .digest("hex") !== sum
      )
        fail(`${name} has another checksum`);
      return name;
    });
  const wanted = names.filter((name) => !name.startsWith(sumsName(version))).sort();
  if (listed.join() !== wanted.join()) fail(`${sumsName(version)} names ${listed.join(", ")}, and there are ${wanted.join(", ")}`);
  const manifest = JSON.parse(readFileSync(join(release, manifestName(version)), "utf8"));
  if (manifest.version !== 1 || manifest.metadata?.protocol_versions?.join() !== "6.0") fail("the manifest is not that of protocol 6.0");

  const archives = PLATFORMS.filter(({ name }) => listed.includes(archiveName(version, name)));
  if (archives.length + 1 !== listed.length || archives.length === 0) fail(`there is an archive of no platform among ${listed.join(", ")}`);
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
  if (found.join() !== wanted.join()) fail(`${platform.name}: the archive holds ${found.join(", ")}, not ${wanted.join(", ")}`);
  for (const { name, mode, time } of entries) {
    const allowed = name === executable ? 0o100755 : 0o100644;
    if (mode !== allowed) fail(`${platform.name}: ${name} has the mode ${mode.toString(8)}, not ${allowed.toString(8)}`);
    if (time !== 0x0021_0000) fail(`${platform.name}: ${name} bears a time of day`);
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
  return found.length === 1 ? String(found[0]) : fail(`there is not one list of checksums, but ${found.length}`);
}

/**
 * @param {string} what
 * @returns {never}
 */
function fail(what) {
  throw new Error(`The release is not whole: ${what}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { version, platforms } = verifyRelease(process.argv[2] ?? "release");
  console.log(`${version} is whole: ${platforms.join(", ")}`);
}
