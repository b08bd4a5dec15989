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

/** Runs `npm run release:provider` with these arguments into a folder, without the build. */
export function release(out: string, ...args: string[]): void {
  releaseWith(process.env, out, ...args);
}

/** The same in another environment. */
export function releaseWith(env: NodeJS.ProcessEnv, out: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(ROOT, "scripts/release.mjs"), "--out", out, ...args], { stdio: "pipe", cwd: tmpdir(), env });
}

/** Terraform's name for this machine. */
export const HERE = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** The provider's version in `dist/`. */
export function builtVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, "dist/plugin/manifest.json"), "utf8")) as { version: string }).version;
}

/** The executable in an archive. */
export function executableIn(archive: Buffer): Buffer {
  return readZip(archive)
    .find(({ name }) => name.startsWith("terraform-provider-"))!
    .contents();
}

/** Unpacks the executable of an archive with small writes, as Terraform does, and returns its path. */
export function unpackExecutable(archive: string, folder: string): string {
  const path = join(folder, archive.includes("windows") ? "terraform-provider-imagetask.exe" : "terraform-provider-imagetask");
  const contents = executableIn(readFileSync(archive));
  writeFileSync(path, "", { mode: 0o755 });
  for (let at = 0; at < contents.length; at += STEP) writeFileSync(path, contents.subarray(at, at + STEP), { flag: "a" });
  return path;
}

/** After one large write the kernel maps the file in large pieces, and counts them as the process's memory. */
const STEP = 32 << 10;

/** A folder that is removed after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-release-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
