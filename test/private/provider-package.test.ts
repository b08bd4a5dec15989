import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProviderPackage } from "../../lib/private/provider-package";
import { temporaryFolder } from "./fake-package";

function folderWith(manifest: string): string {
  const dir = temporaryFolder();
  writeFileSync(join(dir, "manifest.json"), manifest);
  return dir;
}

test("the manifest is read from the first place that has one", () => {
  const dir = folderWith(JSON.stringify({ version: "0.0.7", h1: "h1:x=", files: [{ name: "a", executable: true }] }));
  expect(readProviderPackage([temporaryFolder(), dir])).toEqual({
    dir: join(dir, "package"),
    version: "0.0.7",
    h1: "h1:x=",
    files: [{ name: "a", executable: true }],
    builds: [],
  });
});

test("the hashes of the release's executables are read from the manifest", () => {
  const dir = folderWith(JSON.stringify({ version: "1.0.0", h1: "h1:x=", files: [], builds: ["h1:y=", "zh:z"] }));
  expect(readProviderPackage([dir]).builds).toEqual(["h1:y=", "zh:z"]);
});

test("the error for a package without a provider names the folder and what to do", () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, "package"));
  expect(() => readProviderPackage([dir])).toThrow(`No provider found in ${dir}`);
  expect(() => readProviderPackage([dir])).toThrow("npm run build");
});

test.each([
  ["not JSON", "{"],
  ["no version", "{}"],
  ["null", "null"],
  ["files without names", '{"version":"1.0.0","h1":"h1:","files":[{}]}'],
])("a manifest with %s is refused", (_, text) => {
  expect(() => readProviderPackage([folderWith(text)])).toThrow(/manifest\.json (cannot be read|lacks)/);
});
