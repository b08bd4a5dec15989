import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { wrap } from "node:module";
import { Script } from "node:vm";

export interface CodeCacheOptions {
  /** Where compiled code is kept; null keeps none. It has to be a directory that only this user may enter, or is made so. */
  readonly folder: string | null;
  /** Gives the bundles what they require by name. */
  readonly require: NodeJS.Require;
}

/** What is read and written is checked: the first bytes are the hash of the rest. */
const HASH_BYTES = 32;
/** Files of plugins that were replaced go after so long, in milliseconds. */
const KEPT = 30 * 24 * 60 * 60_000;

/**
 * Runs CommonJS bundles from code that an earlier run compiled: Terraform starts a plugin four times for one apply, and
 * compiling is a third of what a start costs beyond Node's own. Node 20 has no compile cache, later ones' would hold what the
 * module loader sees only. Whatever is wrong with the cache, the bundle itself is compiled.
 */
export class CodeCache {
  private readonly folder: string | null;
  private readonly loaded = new Map<string, { exports: unknown }>();
  /** What is to be kept, by the name of its file. */
  private readonly missing = new Map<string, () => Buffer>();

  constructor(private readonly options: CodeCacheOptions) {
    this.folder = options.folder !== null && isPrivate(options.folder) ? options.folder : null;
  }

  /** What a bundle exports; it has to be plain ASCII. Bundles that it requires by a relative path are loaded likewise. */
  load(file: string): unknown {
    return this.run(file, (script) => () => script.createCachedData());
  }

  /** Keeps what this run has compiled, functions that it has called included, for the next. To be called when the process ends. */
  save(): void {
    if (this.folder === null || this.missing.size === 0) return;
    try {
      for (const [entry, data] of this.missing) write(join(this.folder, entry), data());
      removeOld(this.folder);
    } catch {
      // A full disk, another process at work: the next run compiles again.
    }
  }

  /** In a run that goes on for long, V8 drops the compiled code of what runs once: it is taken at once. */
  private loadLate(file: string): unknown {
    return this.run(file, (script) => {
      const data = script.createCachedData();
      return () => data;
    });
  }

  /** @param keep how the compiled code is to be had in the end, told once the bundle has run */
  private run(file: string, keep: (script: Script) => () => Buffer): unknown {
    const known = this.loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.loaded.set(file, module);
    const source = readFileSync(file);
    const entry = `${basename(file)}-${sha256(source).toString("hex").slice(0, 16)}-${process.version}-${process.arch}.bin`;
    const cachedData = this.folder === null ? undefined : read(join(this.folder, entry));
    const script = new Script(wrap(source.toString("latin1")), { filename: file, cachedData });
    const requireFrom = (id: string): unknown => (id.startsWith("./") ? this.loadLate(join(dirname(file), id)) : this.options.require(id));
    const bundle = script.runInThisContext() as (...args: unknown[]) => void;
    bundle.call(module.exports, module.exports, requireFrom, module, file, dirname(file));
    if (this.folder !== null && (!cachedData || script.cachedDataRejected)) this.missing.set(entry, keep(script));
    return module.exports;
  }
}

/** Where compiled code goes by the environment: NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE as Node has them, else the user's caches. */
export function codeCacheFolder(env: NodeJS.ProcessEnv, home: () => string = homedir): string | null {
  if (env.NODE_DISABLE_COMPILE_CACHE) return null;
  const base = env.NODE_COMPILE_CACHE || env.XDG_CACHE_HOME || join(home(), ".cache");
  return join(base, "terraform-provider-imagetask");
}

/** Code is run from there, so nobody else may have put it there. */
function isPrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function read(path: string): Buffer | undefined {
  try {
    const content = readFileSync(path);
    const data = content.subarray(HASH_BYTES);
    return sha256(data).equals(content.subarray(0, HASH_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function write(path: string, data: Buffer): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, Buffer.concat([sha256(data), data]), { mode: 0o600 });
  renameSync(temporary, path);
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT) rmSync(path, { force: true });
  }
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
