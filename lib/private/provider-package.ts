import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../contract/values";
import { ProviderPackageError } from "./errors";

/** The built provider: one set of files for all Unix platforms. */
export interface ProviderPackage {
  /** The folder with the files. */
  readonly dir: string;
  readonly version: string;
  /** Terraform's hash of the files, `h1:…`. */
  readonly h1: string;
  readonly files: readonly PackageFile[];
  /** Terraform's hashes, `h1:…` and `zh:…`, of this version's executables, as registries list them. A development build has none. */
  readonly builds?: readonly string[];
}

export interface PackageFile {
  readonly name: string;
  readonly executable?: boolean;
}

/** Where the build puts the provider, relative to dist/private and, if the sources are run, to lib/private. */
const PLACES = [join(__dirname, "../plugin"), join(__dirname, "../../dist/plugin")];

/**
 * Reads the build's manifest of the provider.
 * @throws ProviderPackageError if the package has no provider, or an unreadable one
 */
export function readProviderPackage(places: readonly string[] = PLACES): ProviderPackage {
  const place = places.find((dir) => existsSync(join(dir, "manifest.json")));
  if (place === undefined) {
    throw new ProviderPackageError(
      `No provider found in ${places.join(" or ")}. It is part of the package cdktf-alicloud-image-tasks: reinstall the package, or in a clone of its repository run "npm run build". If you use a bundler, mark the package as external.`,
    );
  }
  const file = join(place, "manifest.json");
  const manifest = parse(file);
  if (!isManifest(manifest)) {
    throw new ProviderPackageError(
      `${file} lacks the version, h1 or files of the provider. Reinstall the package, or in a clone of its repository run "npm run build".`,
    );
  }
  return { dir: join(place, "package"), version: manifest.version, h1: manifest.h1, files: manifest.files, builds: manifest.builds ?? [] };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new ProviderPackageError(`${file} cannot be read. Reinstall the package, or in a clone of its repository run "npm run build".`, {
      cause,
    });
  }
}

function isManifest(value: unknown): value is Pick<ProviderPackage, "version" | "h1" | "files" | "builds"> {
  const { version, h1, files, builds = [] } = isRecord(value) ? value : {};
  return (
    typeof version === "string" &&
    typeof h1 === "string" &&
    Array.isArray(files) &&
    files.every((file) => typeof file?.name === "string") &&
    Array.isArray(builds)
  );
}
