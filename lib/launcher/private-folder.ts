import { lstat, realpath, type Stats } from "node:fs";
import { dirname } from "node:path";
import { settled } from "./settled";

/**
 * The folder's real path, if nobody but this user and root can put anything into it: it is open to this user alone, and of the
 * folders above it each belongs to this user or root and can be written to by nobody else. (One with the sticky bit, as /tmp,
 * may be: in there nobody can move what is another's.) Undefined otherwise.
 */
export async function privateFolder(folder: string, user: number | undefined = process.getuid?.()): Promise<string | undefined> {
  try {
    const real = await settled<string>((done) => realpath.native(folder, done));
    const [own, ...above] = await Promise.all(upwards(real).map((path) => settled<Stats>((done) => lstat(path, done))));
    return isPrivate(own!, user) && above.every((stats) => isGuarded(stats, user)) ? real : undefined;
  } catch {
    return undefined;
  }
}

function upwards(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...upwards(parent)];
}

const STICKY = 0o1000;

function isPrivate(stats: Stats, user: number | undefined): boolean {
  return stats.isDirectory() && stats.uid === user && (stats.mode & 0o077) === 0;
}

function isGuarded(stats: Stats, user: number | undefined): boolean {
  const owned = stats.uid === 0 || stats.uid === user;
  return stats.isDirectory() && owned && ((stats.mode & 0o022) === 0 || (stats.mode & STICKY) !== 0);
}
