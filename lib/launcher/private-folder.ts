import { lstat, realpath, type Stats } from "node:fs";
import { dirname } from "node:path";
import { fromCallback } from "./from-callback";

/**
 * The folder's real path, if nobody but this user and root can put anything into it: only this user may enter it, and each folder
 * above it belongs to this user or root, and nobody else can write to it. (Folders with the sticky bit, such as /tmp, are allowed:
 * nobody can rename another user's files there.) Undefined otherwise. Windows shows neither owners nor modes. There, the folder is in the
 * user's profile, whose access list keeps other users out.
 */
export async function privateFolder(folder: string, user: number | undefined = process.getuid?.()): Promise<string | undefined> {
  try {
    const real = await fromCallback<string>((done) => realpath.native(folder, done));
    const [own, ...above] = await Promise.all(upwards(real).map((path) => fromCallback<Stats>((done) => lstat(path, done))));
    if (user === undefined) return own.isDirectory() ? real : undefined;
    return isPrivate(own, user) && above.every((stats) => isGuarded(stats, user)) ? real : undefined;
  } catch {
    return undefined;
  }
}

function upwards(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...upwards(parent)];
}

const STICKY = 0o1000;

function isPrivate(stats: Stats, user: number): boolean {
  return stats.isDirectory() && stats.uid === user && (stats.mode & 0o077) === 0;
}

function isGuarded(stats: Stats, user: number): boolean {
  const owned = stats.uid === 0 || stats.uid === user;
  return stats.isDirectory() && owned && ((stats.mode & 0o022) === 0 || (stats.mode & STICKY) !== 0);
}
