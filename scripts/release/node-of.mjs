import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NODE_VERSION } from "./platforms.mjs";

/**
 * Returns the Node.js of a platform, from npm. Downloads the package once, to `.tmp/node`, and checks it against the recorded integrity. Downloads
 * it again if the file has changed since.
 *
 * @param {string} root the project's
 * @param {import("./platforms.mjs").Platform} platform
 * @returns {{ executable: string, licence: string }} two files
 */
export function nodeOf(root, platform) {
  const cache = join(root, ".tmp", "node");
  const folder = join(cache, `${platform.package.name}-${NODE_VERSION}`);
  const executable = join("bin", `node${platform.suffix}`);
  if (!isWhole(folder, executable)) {
    rmSync(folder, { recursive: true, force: true });
    fetch({ cache, folder, executable, held: platform.package });
  }
  return { executable: join(folder, executable), licence: join(folder, "LICENSE") };
}

/** The checksum of the executable when it was downloaded, in a file beside it. */
const SUM = "executable.sha256";

/**
 * @param {string} folder
 * @param {string} executable
 */
function isWhole(folder, executable) {
  try {
    return readFileSync(join(folder, SUM), "utf8") === sha256(join(folder, executable));
  } catch {
    return false;
  }
}

/** @param {string} file */
const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** @param {{ cache: string, folder: string, executable: string, held: { name: string, integrity: string } }} wanted */
function fetch({ cache, folder, executable, held: { name, integrity } }) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "new-"));
  try {
    const wanted = `${name}@${NODE_VERSION}`;
    const archive = join(draft, pack(wanted, draft));
    const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (found !== integrity) throw new Error(`${wanted} has the integrity ${found}, but node-packages.json says ${integrity}`);
    unpack(archive, draft);
    writeFileSync(join(draft, "package", SUM), sha256(join(draft, "package", executable)));
    renameSync(join(draft, "package"), folder);
  } catch (error) {
    // Another process may have put it there first.
    if (!isWhole(folder, executable)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * @param {string} wanted
 * @param {string} folder where the package is put
 * @returns {string} its name there
 */
function pack(wanted, folder) {
  const { status, stdout, stderr, error } = run(
    "npm",
    ["pack", "--loglevel=error", "--json", "--pack-destination", folder, wanted],
    folder,
  );
  if (status === 0) return JSON.parse(stdout)[0].filename;
  // npm writes a stack trace to stderr; with --json, it writes one sentence to stdout.
  const [, summary] = /"summary": ("(?:[^"\\]|\\.)*")/.exec(stdout ?? "") ?? [];
  const reason = error?.message ?? (summary === undefined ? stderr.trim() : JSON.parse(summary));
  throw new Error(`npm could not fetch ${wanted}, which the executables contain: ${reason}. "npm config get registry" shows the registry.`);
}

/**
 * @param {string} archive
 * @param {string} folder
 */
function unpack(archive, folder) {
  const { status, stderr, error } = run("tar", ["-xzf", archive, "-C", folder], folder);
  if (status !== 0) throw new Error(`tar could not unpack ${archive}: ${error?.message ?? stderr.trim()}`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
const run = (command, args, cwd) => spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
