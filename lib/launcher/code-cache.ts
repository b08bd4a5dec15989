import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, join } from "node:path";
import { wrap } from "node:module";
import { Script } from "node:vm";

/** Keeps compiled code from one run to the next. */
export interface CodeStore {
  /** Undefined if there is no entry with this name. Never rejects and never takes long. */
  read(name: string): Promise<Buffer | undefined>;
  /** Never rejects and never takes long. */
  write(entries: ReadonlyMap<string, Buffer>): Promise<void>;
}

export interface CodeCacheOptions {
  /** Null turns the cache off. */
  readonly store: CodeStore | null;
  /** The bundles' `require`. */
  readonly require: NodeJS.Require;
}

/** An entry begins with the hash of the rest. */
const HASH_BYTES = 32;

/**
 * Runs CommonJS bundles from code that an earlier run compiled. Terraform starts a plugin four times for one apply, and compiling
 * takes a third of each start, not counting Node's own part. Node 20 has no compile cache. Node 22.1 and later have one
 * (`module.enableCompileCache`), but it does not check who owns its folder, and it caches only what the module loader loads, which
 * excludes the code of a single executable. This class can go when neither holds any more and Node 20 is no longer supported. If anything
 * is wrong with an entry, the bundle itself is compiled.
 */
export class CodeCache {
  /** What `save` has to write, by the entry's name. */
  private readonly missing = new Map<string, () => Buffer>();

  constructor(private readonly options: CodeCacheOptions) {}

  /**
   * Runs a bundle and returns its exports. The bundle must be plain ASCII.
   *
   * @param file the bundle's file
   * @param late whether it is loaded in the middle of a run. Its compiled code is then copied at once, because V8 discards code that
   * runs only once
   */
  async load(file: string, source: Buffer, late = false): Promise<unknown> {
    const { store } = this.options;
    const entry = `${basename(file)}-${sha256(source).toString("hex").slice(0, 16)}-${process.version}-${process.arch}.bin`;
    const cachedData = store === null ? undefined : checked(await store.read(entry));
    const script = new Script(wrap(source.toString("latin1")), { filename: file, cachedData });
    const module = { exports: {} };
    const bundle: (...args: unknown[]) => void = script.runInThisContext();
    bundle.call(module.exports, module.exports, this.options.require, module, file, dirname(file));
    if (store !== null && (!cachedData || script.cachedDataRejected)) this.keep(entry, script, late);
    return module.exports;
  }

  /** Stores what this run has compiled, including the functions that it has called, for the next run. Call it when the process ends. */
  async save(): Promise<void> {
    const { store } = this.options;
    if (store === null || this.missing.size === 0) return;
    const entries = [...this.missing].map(([entry, compiled]) => {
      const data = compiled();
      return [entry, Buffer.concat([sha256(data), data])] as const;
    });
    this.missing.clear();
    await store.write(new Map(entries));
  }

  private keep(entry: string, script: Script, late: boolean): void {
    const data = late ? script.createCachedData() : undefined;
    this.missing.set(entry, () => data ?? script.createCachedData());
  }
}

/**
 * Where compiled code is stored: in NODE_COMPILE_CACHE (which the launcher's shell passes on), else in the user's cache folder.
 * Null if there is neither, or if NODE_DISABLE_COMPILE_CACHE is set. A relative path is ignored: it would lead into the user's project.
 *
 * @param name the provider's name
 */
export function codeCacheFolder(name: string, env: NodeJS.ProcessEnv, compileCache: string | undefined, home: string): string | null {
  if (env.NODE_DISABLE_COMPILE_CACHE) return null;
  const base = [compileCache, env.XDG_CACHE_HOME, env.LOCALAPPDATA, join(home, ".cache")].find((path) => path && isAbsolute(path));
  return base === undefined ? null : join(base, `terraform-provider-${name}`);
}

function checked(content: Buffer | undefined): Buffer | undefined {
  if (content === undefined) return undefined;
  const data = content.subarray(HASH_BYTES);
  return sha256(data).equals(content.subarray(0, HASH_BYTES)) ? data : undefined;
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
