import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { zip } from "../../lib/private/zip";
import { unzip } from "./unzip";
import { temporaryFolder } from "./fake-package";

test("unpacking an archive gives the packed files, whatever their number and content", () => {
  const entry = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}(\/[a-zé]{1,8}){0,2}$/),
    contents: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 5 }), (entries) => {
      expect(unzip(zip(entries))).toEqual(entries);
    }),
  );
});

test("the same files give the same bytes", () => {
  const entries = [{ name: "a/b.js", contents: Buffer.from("text") }];
  expect(zip(entries)).toEqual(zip(entries));
});

const python = spawnSync("python3", ["--version"]).status === 0;
(python ? test : test.skip)("Python reads the archive and finds its checksums correct", () => {
  const file = join(temporaryFolder(), "some.zip");
  const contents = Buffer.from("hello\n".repeat(1000));
  writeFileSync(
    file,
    zip([
      { name: "a/b.txt", contents },
      { name: "c", contents: Buffer.alloc(0) },
    ]),
  );
  const script =
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.read('a/b.txt').decode(), end='')";
  expect(execFileSync("python3", ["-c", script, file])).toEqual(contents);
});
