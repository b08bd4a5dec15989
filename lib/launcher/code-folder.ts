import { mkdir, readdir, rename, rm, stat, writeFile, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import type { CodeStore } from "./code-cache";
import { readOwnFile } from "./own-file";
import { privateFolder } from "./private-folder";
import { settled } from "./settled";

/** Files of plugins that were replaced go after so long, in milliseconds. */
const KEPT = 30 * 24 * 60 * 60_000;
/** What a read or a write may take, in milliseconds: a home on a network may be away. */
const PATIENCE = 1_000;

/**
 * Compiled code in a folder. Code is run from there, so it is used only where nobody else can have put it. It only helps:
 * nothing here throws, and what takes too long is not waited for.
 */
export class CodeFolder implements CodeStore {
  /** Asked for at once, so that the answer is there when the bundle has been read. */
  private readonly folder: Promise<string | undefined>;
  private hanging = false;

  constructor(
    private readonly path: string,
    private readonly patience = PATIENCE,
  ) {
    this.folder = privateFolder(path);
  }

  /** Whether the file system has not answered: then the process cannot end in the usual way, which waits for it. */
  get isHanging(): boolean {
    return this.hanging;
  }

  read(name: string): Promise<Buffer | undefined> {
    return this.within(async () => {
      const folder = await this.folder;
      return folder === undefined ? undefined : readOwnFile(join(folder, name));
    });
  }

  async write(entries: ReadonlyMap<string, Buffer>): Promise<void> {
    await this.within(async () => {
      await makeFolder(dirname(this.path));
      await makeFolder(this.path);
      const folder = await privateFolder(this.path);
      if (folder === undefined) return;
      for (const [name, content] of entries) await writeWhole(join(folder, name), content);
      await removeOld(folder);
    });
  }

  /** Undefined where that takes too long or fails; from then on, always. */
  private async within<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.hanging) return undefined;
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      limit = setTimeout(() => {
        this.hanging = true;
        resolve(undefined);
      }, this.patience);
    });
    // A full disk, another process at work: the next run compiles again.
    const done = work().catch(() => undefined);
    const result = await Promise.race([done, late]);
    clearTimeout(limit);
    return result;
  }
}

/** Not with its parents: there is a home, or nothing is kept. */
function makeFolder(path: string): Promise<void> {
  return settled<void>((done) => mkdir(path, { mode: 0o700 }, done)).catch(() => undefined);
}

async function writeWhole(path: string, content: Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  // Another file of the name may be a pipe, or lead elsewhere.
  await settled<void>((done) => rm(temporary, { force: true }, done as (error: Error | null) => void));
  await settled<void>((done) => writeFile(temporary, content, { mode: 0o600, flag: "wx" }, done as (error: Error | null) => void));
  await settled<void>((done) => rename(temporary, path, done as (error: Error | null) => void));
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await settled<string[]>((done) => readdir(folder, done))) {
    const path = join(folder, name);
    const { mtimeMs } = await settled<Stats>((done) => stat(path, done));
    if (Date.now() - mtimeMs > KEPT) await settled<void>((done) => rm(path, { force: true }, done as (error: Error | null) => void));
  }
}
