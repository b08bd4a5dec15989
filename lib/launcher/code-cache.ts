import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, join } from "node:path";
import { wrap } from "node:module";
import { Script } from "node:vm";

/** Keeps what was compiled, between one run and the next. */
export interface CodeStore {
  /** Undefined: nothing is kept under this name. Never rejects, and never takes long. */
  read(name: string): Promise<Buffer | undefined>;
  /** Never rejects, and never takes long. */
  write(entries: ReadonlyMap<string, Buffer>): Promise<void>;
}

export interface CodeCacheOptions {
  /** Null keeps nothing. */
  readonly store: CodeStore | null;
  /** Gives the bundles what they require by name. */
  readonly require: NodeJS.Require;
}

/** What is read and written is checked: the first bytes are the hash of the rest. */
const HASH_BYTES = 32;

/**
 * Runs CommonJS bundles from code that an earlier run compiled: Terraform starts a plugin four times for one apply, and
 * compiling is a third of what a start costs beyond Node's own. Node 20 has no compile cache; that of later ones holds what the
 * module loader sees only, and does not look at whose it is. Whatever is wrong with the cache, the bundle itself is compiled.
 */
export class CodeCache {
  /** What is to be kept, by the name of its entry. */
  private readonly missing = new Map<string, () => Buffer>();

  constructor(private readonly options: CodeCacheOptions) {}

  /**
   * Runs a bundle, which has to be plain ASCII, and returns what it exports.
   *
   * @param file where it comes from
   * @param late it is loaded in the middle of a run: what V8 has compiled is taken at once, since it drops what runs once only
   */
  async load(file: string, source: Buffer, late = false): Promise<unknown> {
    const { store } = this.options;
    const entry = `${basename(file)}-${sha256(source).toString("hex").slice(0, 16)}-${process.version}-${process.arch}.bin`;
    const cachedData = store === null ? undefined : checked(await store.read(entry));
    const script = new Script(wrap(source.toString("latin1")), { filename: file, cachedData });
    const module = { exports: {} };
    const bundle = script.runInThisContext() as (...args: unknown[]) => void;
    bundle.call(module.exports, module.exports, this.options.require, module, file, dirname(file));
    if (store !== null && (!cachedData || script.cachedDataRejected)) this.keep(entry, script, late);
    return module.exports;
  }

  /** Keeps what this run has compiled, functions that it has called included, for the next. To be called when the process ends. */
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
 * Where compiled code goes by the environment: NODE_COMPILE_CACHE (handed over by the launcher) and NODE_DISABLE_COMPILE_CACHE
 * as Node has them, else the user's caches; null without any. A relative path would lead into the user's own folders.
 */
export function codeCacheFolder(env: NodeJS.ProcessEnv, compileCache: string | undefined, home: string): string | null {
  if (env.NODE_DISABLE_COMPILE_CACHE) return null;
  const base = [compileCache, env.XDG_CACHE_HOME, join(home, ".cache")].find((path) => path && isAbsolute(path));
  return base === undefined ? null : join(base, "terraform-provider-imagetask");
}

function checked(content: Buffer | undefined): Buffer | undefined {
  const data = content?.subarray(HASH_BYTES);
  return data && sha256(data).equals(content!.subarray(0, HASH_BYTES)) ? data : undefined;
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
