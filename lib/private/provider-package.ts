import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProviderPackageError } from "./errors";

/** The built provider: one set of files for every Unix platform. */
export interface ProviderPackage {
  /** The folder that holds the files. */
  readonly dir: string;
  readonly version: string;
  /** Terraform's hash of the files, `h1:…`. */
  readonly h1: string;
  readonly files: readonly PackageFile[];
}

export interface PackageFile {
  readonly name: string;
  readonly executable?: boolean;
}

/** Where the build puts the provider, seen from dist/private and, when the sources run, from lib/private. */
const PLACES = [join(__dirname, "../plugin"), join(__dirname, "../../dist/plugin")];

/**
 * Reads what the build says of the provider.
 * @throws ProviderPackageError when the package holds no provider, or one that cannot be read
 */
export function readProviderPackage(places: readonly string[] = PLACES): ProviderPackage {
  const place = places.find((dir) => existsSync(join(dir, "manifest.json")));
  if (place === undefined) {
    throw new ProviderPackageError(
      `No provider found in ${places.join(" or ")}. It comes with the installed package cdktf-alicloud-image-tasks: install it anew; in a checkout of its sources, run "npm run build". A bundler must leave the package out of the bundle (mark it as external).`,
    );
  }
  const file = join(place, "manifest.json");
  const manifest = parse(file);
  if (!isManifest(manifest)) {
    throw new ProviderPackageError(
      `${file} does not say version, h1 and files of the provider. Install the package anew; in a checkout of its sources, run "npm run build".`,
    );
  }
  return { dir: join(place, "package"), version: manifest.version, h1: manifest.h1, files: manifest.files };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new ProviderPackageError(`${file} cannot be read. Install the package anew; in a checkout of its sources, run "npm run build".`, {
      cause,
    });
  }
}

function isManifest(value: unknown): value is Pick<ProviderPackage, "version" | "h1" | "files"> {
  const { version, h1, files } = (value ?? {}) as { [key: string]: unknown };
  return (
    typeof version === "string" && typeof h1 === "string" && Array.isArray(files) && files.every((file) => typeof file?.name === "string")
  );
}
