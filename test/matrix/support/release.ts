import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScript, ROOT } from "../../scripts/support/load-script";

interface Entry {
  readonly name: string;
  contents(): Buffer;
}

const { readZip } = loadScript<{ readZip(archive: Buffer): Entry[] }>("scripts/release/read-zip.mjs");

/** `npm run release:provider` with these arguments, without the build, into a folder. */
export function release(out: string, ...args: string[]): void {
  releaseWith(process.env, out, ...args);
}

/** The same in another environment. */
export function releaseWith(env: NodeJS.ProcessEnv, out: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(ROOT, "scripts/release.mjs"), "--out", out, ...args], { stdio: "pipe", cwd: tmpdir(), env });
}

/** Terraform's name for this machine. */
export const HERE = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** The version that `dist/` holds. */
export function builtVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, "dist/plugin/manifest.json"), "utf8")) as { version: string }).version;
}

/** The executable out of an archive. */
export function executableIn(archive: Buffer): Buffer {
  return readZip(archive)
    .find(({ name }) => name.startsWith("terraform-provider-"))!
    .contents();
}

/** Writes the executable out of an archive, by small writes as Terraform unpacks it, and returns its path. */
export function unpackExecutable(archive: string, folder: string): string {
  const path = join(folder, archive.includes("windows") ? "terraform-provider-imagetask.exe" : "terraform-provider-imagetask");
  const contents = executableIn(readFileSync(archive));
  writeFileSync(path, "", { mode: 0o755 });
  for (let at = 0; at < contents.length; at += STEP) writeFileSync(path, contents.subarray(at, at + STEP), { flag: "a" });
  return path;
}

/** What one large write brings into memory, the kernel later maps in large pieces, and counts as the process's. */
const STEP = 32 << 10;

/** A folder that goes after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-release-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
