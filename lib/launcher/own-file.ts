import { close, constants, fstat, open, read, type Stats } from "node:fs";
import { fromCallback } from "./from-callback";

/** In bytes. No file that this package writes is that large. */
const MOST = 32 << 20;

/** Reads a file that belongs to this user and that nobody else can write to. Undefined if there is none. Never waits for a pipe's writer. */
export async function readOwnFile(path: string, user: number | undefined = process.getuid?.()): Promise<Buffer | undefined> {
  let file: number | undefined;
  try {
    file = await fromCallback<number>((done) => open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK, done));
    const stats = await fromCallback<Stats>((done) => fstat(file!, done));
    if (!stats.isFile() || !isOwn(stats, user) || stats.size > MOST) return undefined;
    const content = Buffer.allocUnsafe(stats.size);
    const bytes = await fromCallback<number>((done) => read(file!, content, 0, content.length, 0, done));
    return content.subarray(0, bytes);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) close(file, () => {});
  }
}

/** Windows shows no owner. There, the folder keeps other users out: see `privateFolder`. */
function isOwn({ uid, mode }: Stats, user: number | undefined): boolean {
  return user === undefined || (uid === user && (mode & 0o022) === 0);
}
