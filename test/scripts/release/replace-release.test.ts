import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScript } from "../support/load-script";

const { replaceRelease } = loadScript<{ replaceRelease(out: string, make: (draft: string) => Promise<void>): Promise<void> }>(
  "scripts/release/replace-release.mjs",
);

const ARCHIVE = "terraform-provider-imagetask_1.0.0_linux_amd64.zip";

describe("the folder of a release", () => {
  let folder: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-release-test-"));
    out = join(folder, "release");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const made =
    (content: string) =>
    (draft: string): Promise<void> =>
      Promise.resolve(writeFileSync(join(draft, ARCHIVE), content));

  test("is created, and the next release replaces all files of the earlier one", async () => {
    await replaceRelease(out, made("first"));
    writeFileSync(join(out, "terraform-provider-imagetask_0.9.0_linux_amd64.zip"), "older");

    await replaceRelease(out, made("second"));

    expect(readdirSync(out)).toEqual([ARCHIVE]);
    expect(readFileSync(join(out, ARCHIVE), "utf8")).toBe("second");
    expect(readdirSync(folder)).toEqual(["release"]);
  });

  test("keeps the earlier release, and nothing of the new one, if the new one fails", async () => {
    await replaceRelease(out, made("first"));

    const broken = replaceRelease(out, async (draft) => {
      await made("half")(draft);
      throw new Error("gpg did not sign");
    });

    await expect(broken).rejects.toThrow("gpg did not sign");
    expect(readFileSync(join(out, ARCHIVE), "utf8")).toBe("first");
    expect(readdirSync(folder)).toEqual(["release"]);
  });

  test("is refused if it contains other files or is a file", async () => {
    mkdirSync(out);
    writeFileSync(join(out, "thesis.txt"), "mine");
    await expect(replaceRelease(out, made("first"))).rejects.toThrow(/which contains thesis\.txt.* name a folder that is new or empty/);
    expect(readFileSync(join(out, "thesis.txt"), "utf8")).toBe("mine");

    await expect(replaceRelease(join(out, "thesis.txt"), made("first"))).rejects.toThrow("which is a file. Name a folder.");
  });
});
