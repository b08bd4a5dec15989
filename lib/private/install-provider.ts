import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_TYPE } from "../contract/provider";
import { systemErrorOf } from "../contract/thrown";
import { readProviderPackage, type PackageFile, type ProviderPackage } from "./provider-package";

/**
 * The Unix platforms that Terraform and OpenTofu are released for. The provider's files are the same on all of them, so synth
 * on a laptop and apply on a CI machine can differ in platform.
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
  /** Whether to remove versions of this provider that were last installed more than a month ago. @default false */
  readonly removeOldVersions?: boolean;
}

export interface InstalledProvider {
  readonly version: string;
  /** The folder of this version, which contains a folder per platform. */
  readonly dir: string;
}

/** How long to keep old versions, in milliseconds: an apply that is running, or waits for its "yes", still needs the version it began with. */
const KEPT = 30 * 24 * 60 * 60_000;

/**
 * Installs the provider into a plugin folder (`terraform.d/plugins` of a stack, `~/.terraform.d/plugins`, any filesystem
 * mirror) as `HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/`. The first platform's files are copies, so that changes to them do not
 * reach the package or another stack; the other platforms' files are hard links to them if the file system supports links. Files
 * that are already in place are not touched, so that a running Terraform never misses a file.
 */
export function installProvider(dir: string, options: InstallOptions = {}): InstalledProvider {
  const provider = options.package ?? readProviderPackage();
  const versions = join(dir, PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_TYPE);
  const target = join(versions, provider.version);
  const [first, ...others] = PLATFORMS.map((platform) => join(target, platform));
  installFolder(provider.dir, provider.files, first, copy);
  for (const folder of others) installFolder(first, provider.files, folder, linkOrCopy);
  markAsUsed(target);
  if (options.removeOldVersions) removeOld(versions, provider.version);
  return { version: provider.version, dir: target };
}

/** Creates folders one by one, because Node's `recursive` never returns if a folder cannot be created at all (as below /proc). */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemErrorOf(error).code !== "EEXIST") throw error;
  }
}

/** Creates a file that does not exist yet. */
type Lay = (source: string, target: string, executable: boolean) => void;

function installFolder(from: string, files: readonly PackageFile[], folder: string, lay: Lay): void {
  makeFolders(folder);
  const strays = new Set(readdirSync(folder));
  for (const { name, executable = false } of files) {
    const source = join(from, name);
    const target = join(folder, name);
    // Renaming is atomic: a file appears complete or not at all, and replaces an existing one in one step.
    if (!strays.delete(name) || !isInPlace(statSync(source), statSync(target), executable)) replace(source, target, executable, lay);
  }
  // Terraform's hash covers the whole folder, so an extra file would break it.
  for (const name of strays) if (!isUnderWay(join(folder, name))) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Whether another synth is installing the same file at this moment. */
function isUnderWay(path: string): boolean {
  const stats = DRAFT.test(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
  return stats !== undefined && Date.now() - stats.ctimeMs < 60_000;
}

const DRAFT = /\.\d+\.tmp$/;

function replace(source: string, target: string, executable: boolean, lay: Lay): void {
  const fresh = `${target}.${process.pid}.tmp`; // matches DRAFT
  rmSync(fresh, { force: true });
  lay(source, fresh, executable);
  renameSync(fresh, target);
}

/** The content of a version is fixed, so a file with the right size has the right content. Only a truncated file differs. */
function isInPlace(source: Stats, present: Stats, executable: boolean): boolean {
  return present.isFile() && present.size === source.size && (!executable || isExecutable(present));
}

function isExecutable(stats: Stats): boolean {
  return process.platform === "win32" || (stats.mode & 0o111) === 0o111;
}

const linkOrCopy: Lay = (source, target, executable) => {
  try {
    linkSync(source, target);
  } catch {
    // The file system has no hard links. The error code depends on the file system.
    copy(source, target, executable);
  }
};

/** Does not use `copyFile`, which fails if the mode cannot be set. */
const copy: Lay = (source, target, executable) => {
  const mode = executable ? 0o755 : 0o644;
  writeFileSync(target, readFileSync(source), { mode });
  // Independent of the umask, because another user may run Terraform. Some file systems (a Windows drive in WSL) have no modes.
  attempt(() => chmodSync(target, mode));
};

function markAsUsed(versionFolder: string): void {
  const now = new Date();
  attempt(() => utimesSync(versionFolder, now, now));
}

function removeOld(versions: string, version: string): void {
  attempt(() => {
    for (const name of readdirSync(versions)) {
      const folder = join(versions, name);
      if (name !== version && Date.now() - statSync(folder).mtimeMs > KEPT) rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Ignores the failure of an optional step. */
function attempt(help: () => void): void {
  try {
    help();
  } catch {
    // The provider is installed even so.
  }
}
