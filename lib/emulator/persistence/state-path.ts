import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Where a file is in truth: a link is followed, also to where nothing is yet, so that it stays one when the file is replaced. */
export function stateFilePath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return isLink(path) ? stateFilePath(resolve(dirname(path), readlinkSync(path))) : resolve(path);
  }
}

/** What else is there in place of a file; undefined when it is one, or nothing is there. */
export function notAFile(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isFile()) return undefined;
  return stat.isDirectory() ? "a folder" : "a device or a pipe";
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
