import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const HOSTS = join(__dirname, "../../../.tmp/hosts");

/**
 * A folder with something that tests need and the project does not have, kept in `.tmp/hosts`. It is made on first use, completely or not
 * at all.
 *
 * @param name the content with its versions
 * @param make fills `folder`, which is moved to `place` afterwards
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
    // Another test file may have made it at the same time.
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}
