import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { loadScript, ROOT } from "../scripts/support/load-script";
import { builtVersion, executableIn, release, releaseWith, temporaryFolder } from "./support/release";

const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64", "windows_arm64"];
const ADDRESS = "registry.terraform.io/alicloud-image-tasks/imagetask";

interface Platform {
  readonly name: string;
}
const { PLATFORMS: platforms } = loadScript<{ PLATFORMS: readonly Platform[] }>("scripts/release/platforms.mjs");
const { verifyExecutable } = loadScript<{ verifyExecutable(platform: Platform, file: Buffer): void }>(
  "scripts/release/verify-executable.mjs",
);
const { nodeOf } = loadScript<{ nodeOf(root: string, platform: Platform): { executable: string } }>("scripts/release/node-of.mjs");

describe("a release of the provider", () => {
  const folder = temporaryFolder();
  const out = join(folder, "release");
  const mirror = join(folder, "mirror");
  const keys = join(folder, "keys");
  // Passed to each program, because Jest does not pass on what a test sets in process.env.
  const env = { ...process.env, GNUPGHOME: keys };
  const version = builtVersion();
  const named = (platform: string): string => `terraform-provider-imagetask_${version}_${platform}.zip`;
  const sums = `terraform-provider-imagetask_${version}_SHA256SUMS`;
  const archive = (platform: string): Buffer => readFileSync(join(out, named(platform)));

  beforeAll(() => {
    mkdirSync(keys, { mode: 0o700 });
    execFileSync("gpg", ["--batch", "--passphrase", "", "--quick-generate-key", "release@example.test", "rsa3072", "sign"], {
      stdio: "pipe",
      env,
    });
    releaseWith(env, out, "--mirror", mirror, "--key", "release@example.test");
  });
  afterAll(() => void spawnSync("gpgconf", ["--kill", "all"], { env }));

  const verify = (dir: string) =>
    spawnSync(process.execPath, [join(ROOT, "scripts/release/verify.mjs"), dir], { encoding: "utf8", cwd: folder });

  test("has an archive for each platform, the manifest, checksums and their signature, and passes verify", () => {
    expect(readdirSync(out).sort()).toEqual(
      [...PLATFORMS.map(named), sums, `${sums}.sig`, `terraform-provider-imagetask_${version}_manifest.json`].sort(),
    );
    expect(verify(out)).toMatchObject({ status: 0, stdout: `${version} is complete: ${PLATFORMS.join(", ")}\n` });
    execFileSync("gpg", ["--batch", "--verify", `${sums}.sig`, sums], { cwd: out, stdio: "pipe", env });
    for (const platform of PLATFORMS) expect(archive(platform).length).toBeLessThan(45e6);
  });

  test("is the same, byte for byte, when it is built again", () => {
    const again = join(folder, "again");
    const some = ["linux_amd64", "darwin_arm64", "windows_amd64"];
    release(again, ...some.flatMap((platform) => ["--only", platform]));
    for (const platform of some) expect(readFileSync(join(again, named(platform))).equals(archive(platform))).toBe(true);
  });

  test("fetches Node.js again if the cached one is damaged", () => {
    const windows = platforms.find(({ name }) => name === "windows_arm64")!;
    const { executable } = nodeOf(folder, windows);
    const { size } = statSync(executable);
    truncateSync(executable, 5_000);

    expect(statSync(nodeOf(folder, windows).executable).size).toBe(size);
  });

  test("does not pass verify if a file has changed or there is one too many", () => {
    const broken = (name: string, harm: (copy: string) => void): string => {
      const copy = join(folder, name);
      cpSync(out, copy, { recursive: true });
      harm(copy);
      const { status, stderr } = verify(copy);
      expect(status).toBe(1);
      return stderr;
    };
    expect(broken("changed", (copy) => appendFileSync(join(copy, named("linux_amd64")), "x"))).toContain("does not match");
    expect(broken("more", (copy) => appendFileSync(join(copy, "notes.txt"), "x"))).toContain("but the folder has");
  });

  test.each(PLATFORMS)("does not pass verify with a damaged executable for %s, or one for another processor", (name) => {
    const platform = platforms.find((candidate) => candidate.name === name)!;
    const good = executableIn(archive(name));
    verifyExecutable(platform, good);

    const plain = Buffer.from(good);
    plain.write("0", plain.indexOf("NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:") + 47);
    expect(() => verifyExecutable(platform, plain)).toThrow("still a plain Node.js");
    const [, architecture] = name.split("_");
    const other = platforms.find(
      (candidate) => candidate.name === name.replace(architecture!, architecture === "arm64" ? "amd64" : "arm64"),
    )!;
    expect(() => verifyExecutable(other, good)).toThrow("for another processor");
    if (!name.startsWith("darwin")) return;
    good[good.length >> 1]! ^= 1;
    expect(() => verifyExecutable(platform, good)).toThrow("the signature does not match the code");
  });

  test("is in the mirror with every archive and its hashes", () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(join(mirror, ADDRESS, file), "utf8"));
    expect(read("index.json")).toEqual({ versions: { [version]: {} } });
    const { archives } = read(`${version}.json`) as { archives: { [platform: string]: { url: string; hashes: string[] } } };
    expect(Object.keys(archives).sort()).toEqual([...PLATFORMS].sort());
    for (const platform of PLATFORMS) {
      expect(archives[platform]).toEqual({
        url: named(platform),
        hashes: [expect.stringMatching(/^h1:[\w+/]{43}=$/), expect.stringMatching(/^zh:[0-9a-f]{64}$/)],
      });
      expect(statSync(join(mirror, ADDRESS, named(platform))).size).toBe(archive(platform).length);
    }
  });
});
