import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What is known of the package that this command belongs to. */
export interface OwnPackage {
  readonly name: string;
  /** The packed package that npm installed it from; undefined for one from a registry. */
  readonly file?: string;
}

/** @param folder the package's own folder, which is below `node_modules` once it is installed */
export function ownPackage(folder: string): OwnPackage {
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
  const modules = resolve(folder, "..");
  const file = installedFrom(join(modules, ".package-lock.json"), `node_modules/${name}`);
  const path = file === undefined ? undefined : resolve(modules, "..", file);
  return { name, file: path !== undefined && path.endsWith(".tgz") && existsSync(path) ? path : undefined };
}

/** npm writes there what it has installed, and from where. */
function installedFrom(lockFile: string, entry: string): string | undefined {
  try {
    const { packages } = JSON.parse(readFileSync(lockFile, "utf8")) as { packages: { [entry: string]: { resolved?: string } } };
    return /^file:(.+)$/.exec(packages[entry]?.resolved ?? "")?.[1];
  } catch {
    return undefined;
  }
}
