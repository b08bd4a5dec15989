import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProviderPackageError } from "./errors";
import { zip } from "./zip";

/** What the function is made of, as the build lays it: the handler, and what it shares with the command line and the provider. */
const FILES = ["reaper/index.js", "operations/index.js", "plugin/package/ecs.js", "plugin/package/THIRD-PARTY-NOTICES.txt"];

/** Where the build puts it, seen from dist/private and, when the sources run, from lib/private. */
const PLACES = [join(__dirname, ".."), join(__dirname, "../../dist")];

/** In the archive, what Function Compute calls: file and export. */
export const REAPER_HANDLER = "reaper/index.handler";

/**
 * The code of the reaper's function, as Function Compute takes it.
 * @throws ProviderPackageError when the package lacks it
 */
export function reaperArchive(places: readonly string[] = PLACES): Buffer {
  const place = places.find((dir) => FILES.every((file) => existsSync(join(dir, file))));
  if (place === undefined) {
    throw new ProviderPackageError(
      `No function for ImageTaskReaper found in ${places.join(" or ")}. It comes with the installed package cdktf-alicloud-image-tasks: install it anew; in a checkout of its sources, run "npm run build". A bundler must leave the package out of the bundle (mark it as external).`,
    );
  }
  return zip(FILES.map((name) => ({ name, contents: readFileSync(join(place, name)) })));
}
