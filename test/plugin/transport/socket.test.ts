import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createSocketPlace, defaultBases } from "../../../lib/plugin/transport/socket";

describe("the plugin's socket", () => {
  let base: string;
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), "s-"))));
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  test("is in its own directory, which no other user may enter", () => {
    const place = createSocketPlace("imagetask", [base]);
    expect(statSync(dirname(place.path)).mode & 0o777).toBe(0o700);
    expect(dirname(dirname(place.path))).toBe(base);
    expect(basename(dirname(place.path))).toMatch(/^imagetask-/);
  });

  test("is removed with its directory, even if removed twice", () => {
    const place = createSocketPlace("imagetask", [base]);
    writeFileSync(place.path, "");
    place.remove();
    place.remove();
    expect(existsSync(dirname(place.path))).toBe(false);
  });

  test("is in the next base directory if one is too deep, missing or not a directory", () => {
    const deep = join(base, "d".repeat(100));
    mkdirSync(deep);
    const file = join(base, "file");
    writeFileSync(file, "");
    const good = join(base, "good");
    mkdirSync(good);

    const place = createSocketPlace("imagetask", [deep, join(base, "missing"), file, good]);

    expect(dirname(dirname(place.path))).toBe(good);
    expect(Buffer.byteLength(place.path)).toBeLessThanOrEqual(100);
  });

  test("has a path of at most 100 bytes, not characters", () => {
    const wide = join(base, "镜".repeat(30));
    mkdirSync(wide);
    expect(() => createSocketPlace("imagetask", [wide])).toThrow("at most 100 are allowed");
  });

  test("is an error with every reason and what to do if no directory works", () => {
    expect(() => createSocketPlace("imagetask", [join(base, "a"), join(base, "b")])).toThrow(
      /The provider found no directory for its socket: .*\/a \(ENOENT.*\/b \(ENOENT.*Set TMPDIR/,
    );
  });

  test("is in the directory that Terraform asks for, or in the usual temporary directories", () => {
    expect(defaultBases({ PLUGIN_UNIX_SOCKET_DIR: "/asked", XDG_RUNTIME_DIR: "/run/user/1" })).toEqual([
      "/asked",
      tmpdir(),
      "/run/user/1",
      ...["/tmp", "/var/tmp"].filter((dir) => dir !== tmpdir()),
    ]);
  });
});
