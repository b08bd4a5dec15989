import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLATFORMS, installProvider } from "../../lib/private/install-provider";
import { fakePackage, temporaryFolder } from "./fake-package";

const ROOT = "registry.terraform.io/alicloud-image-tasks/imagetask";
const BINARY = "terraform-provider-imagetask_v0.0.123456";

test("the provider is installed for each platform, executable and with only the files of the package", () => {
  const dir = temporaryFolder();
  const installed = installProvider(dir, { package: fakePackage() });
  expect(installed).toEqual({ version: "0.0.123456", dir: join(dir, ROOT, "0.0.123456") });
  expect(readdirSync(installed.dir).sort()).toEqual([...PLATFORMS].sort());
  for (const platform of PLATFORMS) {
    expect(readdirSync(join(installed.dir, platform)).sort()).toEqual(["package.json", BINARY]);
    expect(statSync(join(installed.dir, platform, BINARY)).mode & 0o111).toBe(0o111);
  }
});

test("the executables of all platforms are links to one file, which is a copy of the package's", () => {
  const provider = fakePackage();
  const { dir } = installProvider(temporaryFolder(), { package: provider });
  const inodes = new Set(PLATFORMS.map((platform) => statSync(join(dir, platform, BINARY)).ino));
  expect(inodes.size).toBe(1);
  expect(inodes).not.toContain(statSync(join(provider.dir, BINARY)).ino);
});

test("modes that were lost, as in a zip archive, are set again, and those of the package and of other stacks never change", () => {
  const provider = fakePackage();
  const target = temporaryFolder();
  const { dir } = installProvider(target, { package: provider });
  const other = installProvider(temporaryFolder(), { package: provider });
  for (const platform of PLATFORMS) chmodSync(join(dir, platform, BINARY), 0o644);
  expect(statSync(join(provider.dir, BINARY)).mode & 0o777).toBe(0o755);
  expect(statSync(join(other.dir, "linux_amd64", BINARY)).mode & 0o777).toBe(0o755);

  installProvider(target, { package: provider });

  for (const platform of PLATFORMS) expect(statSync(join(dir, platform, BINARY)).mode & 0o777).toBe(0o755);
});

test("the modes do not depend on the umask", () => {
  const before = process.umask(0o077);
  try {
    const { dir } = installProvider(temporaryFolder(), { package: fakePackage() });
    expect(statSync(join(dir, "linux_amd64", BINARY)).mode & 0o777).toBe(0o755);
    expect(statSync(join(dir, "linux_amd64/package.json")).mode & 0o777).toBe(0o644);
  } finally {
    process.umask(before);
  }
});

test.each([
  ["chmod", { chmodSync: "EPERM" }],
  ["links", { linkSync: "EXDEV" }],
  [
    "links, chmod, copyFile and times, as a Windows drive in WSL",
    { linkSync: "EXDEV", chmodSync: "EPERM", copyFileSync: "EPERM", utimesSync: "EPERM" },
  ],
])("the provider is installed even if the file system refuses %s", (_, refusals) => {
  const target = temporaryFolder();
  const { dir } = withRefusals(refusals, () => installProvider(target, { package: fakePackage() }));
  for (const platform of PLATFORMS) expect(statSync(join(dir, platform, BINARY)).mode & 0o111).toBe(0o111);
});

test("if the package's file is not executable, only its copy is made executable, and all platforms share that copy", () => {
  const provider = fakePackage();
  const source = join(provider.dir, BINARY);
  chmodSync(source, 0o644);
  const { dir } = installProvider(temporaryFolder(), { package: provider });
  expect(statSync(source).mode & 0o777).toBe(0o644);
  expect(statSync(join(dir, "linux_amd64", BINARY)).mode & 0o777).toBe(0o755);
  expect(new Set(PLATFORMS.map((platform) => statSync(join(dir, platform, BINARY)).ino)).size).toBe(1);
});

test("installing again keeps the files, restores missing and truncated ones and removes additional ones", () => {
  const provider = fakePackage();
  const target = temporaryFolder();
  const { dir } = installProvider(target, { package: provider });
  const untouched = statSync(join(dir, "darwin_arm64")).mtimeMs;
  rmSync(join(dir, "linux_amd64", BINARY));
  rmSync(join(dir, "linux_arm64", BINARY));
  writeFileSync(join(dir, "linux_arm64", BINARY), "#!");
  mkdirSync(join(dir, "linux_386", "stray"));

  installProvider(target, { package: provider });

  const whole = readFileSync(join(provider.dir, BINARY), "utf8");
  for (const platform of PLATFORMS) {
    expect(readFileSync(join(dir, platform, BINARY), "utf8")).toBe(whole);
    expect(readdirSync(join(dir, platform))).toHaveLength(2);
  }
  expect(statSync(join(dir, "darwin_arm64")).mtimeMs).toBe(untouched);
});

test("other versions stay, as a deploy may be using them, and are removed after a month without an installation", () => {
  const dir = temporaryFolder();
  const monthAgo = new Date(Date.now() - 31 * 24 * 60 * 60_000);
  for (const version of ["0.0.1", "0.0.2", "0.0.3"]) {
    const installed = installProvider(dir, { package: fakePackage(version), removeOldVersions: true });
    utimesSync(installed.dir, monthAgo, monthAgo);
  }
  installProvider(dir, { package: fakePackage("0.0.2") });
  expect(readdirSync(join(dir, ROOT)).sort()).toEqual(["0.0.2", "0.0.3"]);
  installProvider(dir, { package: fakePackage("0.0.4"), removeOldVersions: true });
  expect(readdirSync(join(dir, ROOT)).sort()).toEqual(["0.0.2", "0.0.4"]);
});

test("other providers in the folder are not touched", () => {
  const dir = temporaryFolder();
  const other = join(dir, "registry.terraform.io/hashicorp/random/3.7.2");
  mkdirSync(other, { recursive: true });
  installProvider(dir, { package: fakePackage(), removeOldVersions: true });
  expect(existsSync(other)).toBe(true);
});

(existsSync("/proc/self") ? test : test.skip)("a folder that cannot be created is an error, not an endless wait", () => {
  expect(() => installProvider("/proc/nowhere", { package: fakePackage() })).toThrow(/ENOENT|EACCES|EPERM/);
});

type Call = "chmodSync" | "copyFileSync" | "linkSync" | "utimesSync";

/** Calls `run` on a file system that refuses some calls. */
function withRefusals<T>(refusals: { readonly [call in Call]?: string }, run: () => T): T {
  const fs = jest.requireActual<{ [call in Call]: unknown }>("node:fs");
  const real = { ...fs };
  for (const [call, code] of Object.entries(refusals))
    fs[call as Call] = (path: string) => {
      throw Object.assign(new Error(`${code}: operation not permitted, ${call} '${path}'`), { code });
    };
  try {
    return run();
  } finally {
    for (const call of Object.keys(refusals) as Call[]) fs[call] = real[call];
  }
}
