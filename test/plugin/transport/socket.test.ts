import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSocketPlace, defaultBases } from "../../../lib/plugin/transport/socket";

describe("the socket's place", () => {
  let base: string;
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), "s-"))));
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  test("is a directory of its own that nobody else may enter", () => {
    const place = createSocketPlace([base]);
    expect(statSync(dirname(place.path)).mode & 0o777).toBe(0o700);
    expect(dirname(dirname(place.path))).toBe(base);
  });

  test("is gone with the socket in it once removed, however often", () => {
    const place = createSocketPlace([base]);
    writeFileSync(place.path, "");
    place.remove();
    place.remove();
    expect(existsSync(dirname(place.path))).toBe(false);
  });

  test("is in the next directory where one is too deep, missing or no directory", () => {
    const deep = join(base, "d".repeat(100));
    mkdirSync(deep);
    const file = join(base, "file");
    writeFileSync(file, "");
    const good = join(base, "good");
    mkdirSync(good);

    const place = createSocketPlace([deep, join(base, "missing"), file, good]);

    expect(dirname(dirname(place.path))).toBe(good);
    expect(Buffer.byteLength(place.path)).toBeLessThanOrEqual(100);
  });

  test("counts bytes, not characters", () => {
    const wide = join(base, "镜".repeat(30));
    mkdirSync(wide);
    expect(() => createSocketPlace([wide])).toThrow("at most 100 are allowed");
  });

  test("is refused with every reason and a way out when there is none", () => {
    expect(() => createSocketPlace([join(base, "a"), join(base, "b")])).toThrow(
      /No directory for the plugin's socket: .*\/a \(ENOENT.*\/b \(ENOENT.*Set TMPDIR/,
    );
  });

  test("is where the host asks first, then among the usual temporary directories", () => {
    expect(defaultBases({ PLUGIN_UNIX_SOCKET_DIR: "/asked", XDG_RUNTIME_DIR: "/run/user/1" })).toEqual([
      "/asked",
      tmpdir(),
      "/run/user/1",
      ...["/tmp", "/var/tmp"].filter((dir) => dir !== tmpdir()),
    ]);
  });
});
