import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The package that this command belongs to. */
export interface OwnPackage {
  readonly name: string;
  /** The package file that npm installed it from; undefined if npm got it from a registry. */
  readonly file?: string;
}

/** @param folder the package's own folder, which is below `node_modules` once it is installed */
export function ownPackage(folder: string): OwnPackage {
  const { name }: { name: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const modules = resolve(folder, "..");
  const file = installedFrom(join(modules, ".package-lock.json"), `node_modules/${name}`);
  const path = file === undefined ? undefined : resolve(modules, "..", file);
  return { name, file: path !== undefined && path.endsWith(".tgz") && existsSync(path) ? path : undefined };
}

/** Where npm got the package from, as npm records it in the lock file. */
function installedFrom(lockFile: string, entry: string): string | undefined {
  try {
    const { packages }: { packages: { [entry: string]: { resolved?: string } } } = JSON.parse(readFileSync(lockFile, "utf8"));
    return /^file:(.+)$/.exec(packages[entry]?.resolved ?? "")?.[1];
  } catch {
    return undefined;
  }
}
