import { chmodSync, copyFileSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
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
  let source = provider.dir;
  for (const platform of PLATFORMS) {
    const folder = join(target, platform);
    installFolder(source, folder, provider.files);
    // From here on links stay within one file system, wherever the package itself is.
    source = folder;
  }
  if (options.removeOtherVersions) keepOnly(versions, provider.version);
  return { version: provider.version, dir: target };
}

function installFolder(source: string, folder: string, files: readonly PackageFile[]): void {
  mkdirSync(folder, { recursive: true });
  for (const file of files) installFile(join(source, file.name), join(folder, file.name), file.executable === true);
  // Terraform's hash covers the whole folder, so a stray file would break it.
  const known = new Set(files.map((file) => file.name));
  for (const name of readdirSync(folder)) if (!known.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

function installFile(source: string, target: string, executable: boolean): void {
  const wanted = statSync(source);
  const present = statSync(target, { throwIfNoEntry: false });
  if (present && isSame(wanted, present) && (!executable || isExecutable(present))) return;

  const fresh = `${target}.${process.pid}.tmp`;
  rmSync(fresh, { force: true });
  if (executable && !isExecutable(wanted)) copy(source, fresh, executable);
  else linkOrCopy(source, fresh, executable);
  renameSync(fresh, target);
}

/** A version's content is fixed, so what has the size has the content; only a file that was cut short differs. */
function isSame(a: Stats, b: Stats): boolean {
  return b.isFile() && (a.ino === b.ino && a.dev === b.dev ? true : a.size === b.size);
}

function isExecutable(stats: Stats): boolean {
  return process.platform === "win32" || (stats.mode & 0o111) === 0o111;
}

function linkOrCopy(source: string, target: string, executable: boolean): void {
  try {
    linkSync(source, target);
  } catch {
    // Another file system, one without links, or one inside an archive: each has its own error code.
    copy(source, target, executable);
  }
}

function copy(source: string, target: string, executable: boolean): void {
  copyFileSync(source, target);
  chmodSync(target, executable ? 0o755 : 0o644);
}

function keepOnly(versions: string, version: string): void {
  for (const name of readdirSync(versions)) if (name !== version) rmSync(join(versions, name), { recursive: true, force: true });
}
