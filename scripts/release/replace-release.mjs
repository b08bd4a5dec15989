import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { BEGINNING } from "./names.mjs";

/**
 * Replaces an old release with a new one. If the new one cannot be made, the old one stays unchanged, and no incomplete release is left.
 *
 * @param {string} out the release's folder
 * @param {(draft: string) => Promise<void>} make writes the new release into an empty folder
 * @throws {Error} if `out` contains anything other than a release, because it would be lost
 */
export async function replaceRelease(out, make) {
  checkOut(out);
  const draft = `${out}.${process.pid}.new`;
  try {
    mkdirSync(draft, { recursive: true });
    await make(draft);
    // Another file may have appeared there in the meantime.
    checkOut(out);
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} out */
function checkOut(out) {
  const stats = statSync(out, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) throw new Error(`--out is ${out}, which is a file. Name a folder.`);
  const other = stats && readdirSync(out).find((name) => !name.startsWith(BEGINNING));
  if (other !== undefined)
    throw new Error(
      `--out is ${out}, which contains ${other}. The command replaces the whole folder: name a folder that is new or empty, or that contains only an earlier release.`,
    );
}
