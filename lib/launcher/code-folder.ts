import { mkdir, readdir, rename, rm, stat, writeFile, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import type { CodeStore } from "./code-cache";
import { readOwnFile } from "./own-file";
import { privateFolder } from "./private-folder";
import { fromCallback } from "./from-callback";

/** Age at which the files of replaced plugins are removed, in milliseconds. */
const KEPT = 30 * 24 * 60 * 60_000;
/** Time limit of a read or a write, in milliseconds: a home on a network may be unreachable. */
const PATIENCE = 1_000;

/**
 * Stores compiled code in a folder. The code will be run, so the folder is used only if nobody else can write to it. The cache is
 * optional: nothing here throws, and nothing waits longer than the time limit.
 */
export class CodeFolder implements CodeStore {
  /** Determined from the start, in parallel with reading the bundle. */
  private readonly folder: Promise<string | undefined>;
  private hanging = false;

  constructor(
    private readonly path: string,
    private readonly patience = PATIENCE,
  ) {
    this.folder = privateFolder(path);
  }

  /** Whether the file system has not answered in time. `process.exit` would then wait for it. */
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

  /** Undefined if the work fails or takes too long. After one call has taken too long, always undefined. */
  private async within<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.hanging) return undefined;
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      limit = setTimeout(() => {
        this.hanging = true;
        resolve(undefined);
      }, this.patience);
    });
    // The disk may be full, or another process may be writing the same file. Then the next run compiles again.
    const done = work().catch(() => undefined);
    const result = await Promise.race([done, late]);
    clearTimeout(limit);
    return result;
  }
}

/** Does not create parent folders: if the user has no home directory, nothing is stored. */
function makeFolder(path: string): Promise<void> {
  return fromCallback<void>((done) => mkdir(path, { mode: 0o700 }, done)).catch(() => undefined);
}

async function writeWhole(path: string, content: Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  // An existing file of that name may be a pipe or a link.
  await fromCallback<void>((done) => rm(temporary, { force: true }, done));
  await fromCallback<void>((done) => writeFile(temporary, content, { mode: 0o600, flag: "wx" }, done));
  await fromCallback<void>((done) => rename(temporary, path, done));
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await fromCallback<string[]>((done) => readdir(folder, done))) {
    const path = join(folder, name);
    const { mtimeMs } = await fromCallback<Stats>((done) => stat(path, done));
    if (Date.now() - mtimeMs > KEPT) await fromCallback<void>((done) => rm(path, { force: true }, done));
  }
}
