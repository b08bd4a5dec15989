import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CommandError } from "../errors";
import type { Texts } from "./templates";

/** What an empty folder may contain: a repository without files. */
const NOTHING = [".git"];

/**
 * Checks that the folder is new or empty.
 *
 * @throws CommandError if it is not
 */
export function checkEmpty(dir: string): void {
  const [first, ...more] = entriesOf(dir).filter((name) => !NOTHING.includes(name));
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  throw new CommandError(`${dir} is not empty: it contains ${first}${others}. Name a folder that is new or empty. Nothing was written.`);
}

/** Writes a project's files. `vendored` is copied into `vendor/`. */
export function writeProject(dir: string, files: Texts, vendored: string | undefined): void {
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text, { flag: "wx" });
    }
    if (vendored === undefined) return;
    mkdirSync(join(dir, "vendor"));
    copyFileSync(vendored, join(dir, "vendor", basename(vendored)));
  } catch (cause) {
    throw new CommandError(
      `The project can't be written: ${(cause as Error).message}. The project in ${dir} is incomplete: delete it, and run the command again.`,
      { cause },
    );
  }
}

/** The project's name: the folder's, in a form that npm and OSS accept. */
export function projectName(dir: string): string {
  const name = basename(resolve(dir))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return name === "" || name === "node-modules" ? "images" : name;
}

function entriesOf(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new CommandError(`${dir} is a file. Name a folder that is new or empty.`, { cause });
    throw new CommandError(`${dir} can't be read: ${message}.`, { cause });
  }
}
