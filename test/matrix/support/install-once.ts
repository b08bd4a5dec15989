import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const HOSTS = join(__dirname, "../../../.tmp/hosts");

/**
 * A folder of what tests need and the project does not have, kept in `.tmp/hosts`; made on first use, whole or not at all.
 *
 * @param name names the content with its versions
 * @param make fills a folder that is moved to its place afterwards, which it is told too
 */
export function installOnce(name: string, make: (folder: string, place: string) => void): string {
  const place = join(HOSTS, name);
  if (existsSync(place)) return place;
  mkdirSync(HOSTS, { recursive: true });
  const made = mkdtempSync(join(HOSTS, "new-"));
  try {
    make(made, place);
    renameSync(made, place);
  } catch (error) {
    // Another test file may have been faster.
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}
