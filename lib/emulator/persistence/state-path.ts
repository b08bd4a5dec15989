import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The real path of a file. Follows symbolic links, even to a file that does not exist yet, so that replacing the file keeps its links. */
export function stateFilePath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return isLink(path) ? stateFilePath(resolve(dirname(path), readlinkSync(path))) : resolve(path);
  }
}

/** What is at the path if it is not a file; undefined if it is a file or does not exist. */
export function notAFile(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isFile()) return undefined;
  return stat.isDirectory() ? "a folder" : "a device or a pipe";
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
