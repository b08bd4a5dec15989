import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_TYPE } from "../contract/provider";
import { readProviderPackage, type PackageFile, type ProviderPackage } from "./provider-package";

/**
 * The Unix platforms that Terraform or OpenTofu is made for. The provider's file is the same on all of them, so that
 * synth on a laptop and apply on a CI machine agree.
 */
export const PLATFORMS = [
  "darwin_amd64",
  "darwin_arm64",
  "freebsd_386",
  "freebsd_amd64",
  "freebsd_arm",
  "linux_386",
  "linux_amd64",
  "linux_arm",
  "linux_arm64",
  "linux_ppc64le",
  "linux_s390x",
  "openbsd_386",
  "openbsd_amd64",
  "solaris_amd64",
] as const;

export interface InstallOptions {
  /** The provider to install. @default - the one in this package */
  readonly package?: ProviderPackage;
  /** Remove every other version of this provider from the folder. @default false */
  readonly removeOtherVersions?: boolean;
}

export interface InstalledProvider {
  readonly version: string;
  /** The folder of this version, with one folder per platform in it. */
  readonly dir: string;
}

/**
 * Lays the provider into a plugin folder (`terraform.d/plugins` of a stack, `~/.terraform.d/plugins`, any filesystem
 * mirror) as `HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/`. Files are hard links where the file system allows it, else copies;
 * what is in place already is left alone, so a Terraform that runs meanwhile never misses a file.
 */
export function installProvider(dir: string, options: InstallOptions = {}): InstalledProvider {
  const provider = options.package ?? readProviderPackage();
  const versions = join(dir, PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_TYPE);
  const target = join(versions, provider.version);
  let sources = provider.files.map((file) => sourceOf(provider.dir, file));
  for (const platform of PLATFORMS) {
    const folder = join(target, platform);
    installFolder(sources, folder);
    // From here on links stay within one file system, wherever the package itself is.
    if (platform === PLATFORMS[0]) sources = provider.files.map((file) => sourceOf(folder, file));
  }
  if (options.removeOtherVersions) keepOnly(versions, provider.version);
  return { version: provider.version, dir: target };
}

interface Source {
  readonly name: string;
  readonly path: string;
  readonly executable: boolean;
  readonly stats: Stats;
}

function sourceOf(dir: string, file: PackageFile): Source {
  const path = join(dir, file.name);
  return { name: file.name, path, executable: file.executable === true, stats: statSync(path) };
}

/** One by one: where a folder cannot be made at all (as below /proc), Node's own `recursive` never returns. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function installFolder(sources: readonly Source[], folder: string): void {
  makeFolders(folder);
  const strays = new Set(readdirSync(folder));
  for (const source of sources) {
    const target = join(folder, source.name);
    // A link appears whole or not at all; a file that is in the way is replaced in one move.
    if (!strays.delete(source.name)) linkOrCopy(source, target);
    else if (!isInPlace(source, statSync(target))) replace(source, target);
  }
  // Terraform's hash covers the whole folder, so a stray file would break it.
  for (const name of strays) rmSync(join(folder, name), { recursive: true, force: true });
}

function replace(source: Source, target: string): void {
  const fresh = `${target}.${process.pid}.tmp`;
  rmSync(fresh, { force: true });
  linkOrCopy(source, fresh);
  renameSync(fresh, target);
}

/** A version's content is fixed, so what has the size has the content; only a file that was cut short differs. */
function isInPlace(source: Source, present: Stats): boolean {
  return present.isFile() && present.size === source.stats.size && (!source.executable || isExecutable(present));
}

function isExecutable(stats: Stats): boolean {
  return process.platform === "win32" || (stats.mode & 0o111) === 0o111;
}

function linkOrCopy(source: Source, target: string): void {
  if (source.executable && !isExecutable(source.stats)) return copy(source, target);
  try {
    linkSync(source.path, target);
  } catch (error) {
    // Another synth was faster with the very same file.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return;
    // Another file system, one without links, or one inside an archive: each has its own error code.
    copy(source, target);
  }
}

function copy(source: Source, target: string): void {
  copyFileSync(source.path, target);
  chmodSync(target, source.executable ? 0o755 : 0o644);
}

function keepOnly(versions: string, version: string): void {
  for (const name of readdirSync(versions)) if (name !== version) rmSync(join(versions, name), { recursive: true, force: true });
}
