import { close, constants, fstat, open, read, type Stats } from "node:fs";
import { settled } from "./settled";

/** More than any file of ours has, in bytes. */
const MOST = 32 << 20;

/** What is in a file of this user's own that nobody else can write to; undefined where there is none. Waits for no writer of a pipe. */
export async function readOwnFile(path: string, user: number | undefined = process.getuid?.()): Promise<Buffer | undefined> {
  let file: number | undefined;
  try {
    file = await settled<number>((done) => open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK, done));
    const stats = await settled<Stats>((done) => fstat(file!, done));
    if (!stats.isFile() || stats.uid !== user || (stats.mode & 0o022) !== 0 || stats.size > MOST) return undefined;
    const content = Buffer.allocUnsafe(stats.size);
    const bytes = await settled<number>((done) => read(file!, content, 0, content.length, 0, done));
    return content.subarray(0, bytes);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) close(file, () => {});
  }
}
