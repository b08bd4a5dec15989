import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeFolder } from "../../lib/launcher/code-folder";
import { keptPromise } from "../support/waiting/kept-promise";

const CODE = Buffer.from("compiled");
const isRoot = process.getuid?.() === 0;

describe("the folder of compiled code", () => {
  let root: string;
  let path: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "code-folder-"));
    path = join(root, "caches", "plugin");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const read = (): Promise<Buffer | undefined> => new CodeFolder(path).read("a.bin");
  const write = (): Promise<void> => new CodeFolder(path).write(new Map([["a.bin", CODE]]));
  const entry = (): string => join(path, "a.bin");

  test("returns what was written, and only this user can read it", async () => {
    expect(await read()).toBeUndefined();
    await write();
    expect(await read()).toEqual(CODE);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(entry()).mode & 0o777).toBe(0o600);
  });

  test.each<[string, () => void]>([
    ["that others can read", () => chmodSync(path, 0o750)],
    ["below a folder that everybody can write to", () => chmodSync(join(root, "caches"), 0o777)],
    ["below a folder that the group can write to", () => chmodSync(root, 0o770)],
    ...(isRoot
      ? ([
          ["of another user", () => chownSync(path, 12345, 12345)],
          ["below another user's folder", () => chownSync(join(root, "caches"), 12345, 12345)],
        ] as [string, () => void][])
      : []),
  ])("is neither read nor written if it is a folder %s", async (_, change) => {
    await write();
    change();
    expect(await read()).toBeUndefined();
    rmSync(entry());
    await write();
    expect(readdirSync(path)).toEqual([]);
  });

  test("is used through a link to a safe folder, but not through a link to a folder below one that others can write to", async () => {
    await write();
    const real = path;
    path = join(root, "link");
    symlinkSync(real, path);
    expect(await read()).toEqual(CODE);
    chmodSync(join(root, "caches"), 0o777);
    expect(await read()).toBeUndefined();
  });

  test.each<[string, () => void]>([
    ["others can write to", () => chmodSync(entry(), 0o666)],
    ["is a link", () => (rmSync(entry()), writeFileSync(join(root, "x"), "theirs"), symlinkSync(join(root, "x"), entry()))],
    ["is a folder", () => (rmSync(entry()), mkdirSync(entry()))],
    ["is a pipe", () => (rmSync(entry()), execFileSync("mkfifo", [entry()]))],
    ["is larger than any of ours", () => execFileSync("truncate", ["-s", "1G", entry()])],
    ...(isRoot ? ([["belongs to another user", () => chownSync(entry(), 12345, 12345)]] as [string, () => void][]) : []),
  ])("an entry that %s is ignored", async (_, change) => {
    await write();
    change();
    expect(await read()).toBeUndefined();
  });

  test("a link or a pipe in the place of its file is replaced, and nothing is written through it", async () => {
    await write();
    const before = join(path, `a.bin.${process.pid}`);
    writeFileSync(join(root, "x"), "theirs");
    symlinkSync(join(root, "x"), before);
    await write();
    rmSync(entry());
    execFileSync("mkfifo", [entry()]);
    await write();
    expect(readFileSync(join(root, "x"), "utf8")).toBe("theirs");
    expect(await read()).toEqual(CODE);
  });

  test.each<[string, string]>([
    ["a file", "file/plugin"],
    ["a missing folder", "missing/caches/plugin"],
    ["/proc", "/proc/nowhere/caches"],
  ])("below %s, nothing is written or read, and there is no error", async (_, place) => {
    writeFileSync(join(root, "file"), "");
    path = place.startsWith("/") ? place : join(root, place);
    await write();
    expect(await read()).toBeUndefined();
    expect(readdirSync(root)).toEqual(["file"]);
  });

  test("is given up if the file system does not answer", async () => {
    // As with a home on a network drive that is gone.
    await write();
    const folder = new CodeFolder(path, 50);
    const never = new Promise<undefined>(() => {});
    Object.assign(folder, { folder: never });
    const began = Date.now();
    expect(await folder.read("a.bin")).toBeUndefined();
    expect(folder.isHanging).toBe(true);
    await folder.write(new Map([["b.bin", CODE]]));
    keptPromise("giving up on the file system", Date.now() - began, 5_000);
    expect(readdirSync(path)).toEqual(["a.bin"]);
  });

  test("an entry that was not written for a month is deleted at the next write", async () => {
    await write();
    const old = join(path, "of-another-version.bin");
    writeFileSync(old, "");
    utimesSync(old, 0, 0);
    await write();
    expect(readdirSync(path)).toEqual(["a.bin"]);
  });
});
