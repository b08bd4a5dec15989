import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
/** The sources of the bundle. */
const SOURCES = ["lib/bin", "lib/contract", "lib/handler", "lib/plugin", "scripts/build"];

/** The bundled provider: a folder with `manifest.json` and `package/`. */
export interface BuiltPlugin {
  readonly dir: string;
  readonly version: string;
  readonly files: readonly string[];
}

/** The provider built from the current sources: `dist/plugin` if it is newer than they are, or else a separate bundle. */
export function builtPlugin(): BuiltPlugin {
  const sources = SOURCES.flatMap((folder) => listFiles(join(ROOT, folder)));
  const changed = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  const dist = join(ROOT, "dist/plugin");
  const isFresh = existsSync(join(dist, "manifest.json")) && statSync(join(dist, "manifest.json")).mtimeMs > changed;
  return read(isFresh ? dist : bundleApart(sources));
}

function read(dir: string): BuiltPlugin {
  const { version, files } = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8")) as { version: string; files: { name: string }[] };
  return { dir, version, files: files.map(({ name }) => name) };
}

/** Bundles once for each state of the sources. Test files may do this at the same time: the first to rename wins. */
function bundleApart(sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(file).update(readFileSync(file));
  const cache = join(ROOT, ".tmp/e2e");
  const target = join(cache, hash.digest("hex").slice(0, 16));
  if (existsSync(target)) return join(target, "plugin");
  mkdirSync(cache, { recursive: true });
  removeOld(cache);
  const draft = mkdtempSync(join(cache, "draft-"));
  const script = `import { bundlePlugin } from ${JSON.stringify(join(ROOT, "scripts/build/plugin.mjs"))}; await bundlePlugin(${JSON.stringify(ROOT)}, ${JSON.stringify(draft)});`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit", cwd: tmpdir() });
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return join(target, "plugin");
}

/** Removes bundles of earlier states of the sources. Files that a test has linked stay. */
function removeOld(cache: string): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(cache)) {
    const modified = statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? hourAgo;
    if (modified < hourAgo) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
