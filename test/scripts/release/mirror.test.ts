import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScript } from "../support/load-script";

interface Archive {
  readonly platform: string;
  readonly name: string;
  readonly h1: string;
  readonly zh: string;
}
const { openMirror } = loadScript<{
  openMirror(mirror: string): { add(release: string, version: string, archives: readonly Archive[]): void };
}>("scripts/release/mirror.mjs");

const ADDRESS = "registry.terraform.io/alicloud-image-tasks/imagetask";

describe("a mirror", () => {
  let folder: string;
  let mirror: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-mirror-test-"));
    mirror = join(folder, "mirror");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function archive(version: string, platform: string, content = "first"): Archive {
    const name = `terraform-provider-imagetask_${version}_${platform}.zip`;
    writeFileSync(join(folder, name), content);
    return { platform, name, h1: `h1:${content}`, zh: `zh:${content}` };
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(join(mirror, ADDRESS, file), "utf8"));

  test("keeps the other versions and platforms when an archive is added, and leaves no temporary file", () => {
    openMirror(mirror).add(folder, "1.0.0", [archive("1.0.0", "linux_amd64")]);
    openMirror(mirror).add(folder, "1.0.0", [archive("1.0.0", "linux_arm64")]);
    openMirror(mirror).add(folder, "1.1.0", [archive("1.1.0", "linux_amd64")]);

    expect(read("index.json")).toEqual({ versions: { "1.0.0": {}, "1.1.0": {} } });
    expect(read("1.0.0.json")).toMatchObject({ archives: { linux_amd64: {}, linux_arm64: {} } });
    expect(readdirSync(join(mirror, ADDRESS)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("accepts the same archive again, and refuses a different one of the same version, as lock files can contain its hash", () => {
    openMirror(mirror).add(folder, "1.0.0", [archive("1.0.0", "linux_amd64")]);
    openMirror(mirror).add(folder, "1.0.0", [archive("1.0.0", "linux_amd64")]);

    const other = archive("1.0.0", "linux_amd64", "second");
    expect(() => openMirror(mirror).add(folder, "1.0.0", [other])).toThrow(
      /the mirror already has another 1\.0\.0 for linux_amd64.*Raise the version/,
    );
    expect(readFileSync(join(mirror, ADDRESS, other.name), "utf8")).toBe("first");
  });

  test("cannot be opened with a malformed index or at a path that is a file, before anything is built", () => {
    openMirror(mirror).add(folder, "1.0.0", [archive("1.0.0", "linux_amd64")]);
    writeFileSync(join(mirror, ADDRESS, "index.json"), '{"versions": {');
    expect(() => openMirror(mirror)).toThrow(/index\.json is not the JSON of a mirror/);

    writeFileSync(join(folder, "file"), "");
    expect(() => openMirror(join(folder, "file"))).toThrow(/ENOTDIR/);
  });
});
