import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProviderPackageError } from "./errors";
import { zip } from "./zip";

/** The function's files, as the build creates them: the handler, and the code that it shares with the command line and the provider. */
const FILES = ["reaper/index.js", "operations/index.js", "plugin/package/ecs.js", "plugin/package/THIRD-PARTY-NOTICES.txt"];

/** Where the build puts them, relative to dist/private and, if the sources are run, to lib/private. */
const PLACES = [join(__dirname, ".."), join(__dirname, "../../dist")];

/** What Function Compute calls: a file in the archive, and its export. */
export const REAPER_HANDLER = "reaper/index.handler";

/**
 * The code of the reaper's function as a ZIP archive.
 * @throws ProviderPackageError if it is missing from the package
 */
export function reaperArchive(places: readonly string[] = PLACES): Buffer {
  const place = places.find((dir) => FILES.every((file) => existsSync(join(dir, file))));
  if (place === undefined) {
    throw new ProviderPackageError(
      `No function for ImageTaskReaper found in ${places.join(" or ")}. It is part of the package cdktf-alicloud-image-tasks: reinstall the package, or in a clone of its repository run "npm run build". If you use a bundler, mark the package as external.`,
    );
  }
  return zip(FILES.map((name) => ({ name, contents: readFileSync(join(place, name)) })));
}
