import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, loadScript } from "../support/load-script";

const { CHECKS } = loadScript<{ CHECKS: { name: string; full?: boolean }[] }>("scripts/conformance/checks.mjs");
const expected = CHECKS.filter((check) => check.name !== "cleanup").map((check) => [check.name, check.full ?? false]);

/** The checks in the sources of a suite, so that they can be compared without Python and Go. */
function listed(files: readonly string[], entry: RegExp, isFull: (rest: string) => boolean) {
  const source = files.map((file) => readFileSync(join(ROOT, "test/conformance", file), "utf8")).join("\n");
  return [...source.matchAll(entry)].map(([, name, rest]) => [name, isFull(rest!)]);
}

describe("the suite has the same checks in the same order in", () => {
  test.each<[string, string[], RegExp, (rest: string) => boolean]>([
    [
      "JavaScript",
      ["reading", "refusing", "running"].map((name) => `javascript/checks/${name}.mjs`),
      /\{ name: "([a-z-]+)",(.*) run: /g,
      (rest) => rest.includes("full: true"),
    ],
    [
      "Python",
      ["reading", "refusing", "running"].map((name) => `python/conformance/checks/${name}.py`),
      /^ {4}\("([a-z-]+)", (True|False), \w+\),$/gm,
      (rest) => rest === "True",
    ],
    [
      "Go",
      ["reading", "refusing", "running"].map((name) => `go/internal/suite/${name}.go`),
      /^\t\t\{"([a-z-]+)", (true|false), \w+\},$/gm,
      (rest) => rest === "true",
    ],
  ])("%s", (_language, files, entry, isFull) => {
    expect(listed(files, entry, isFull)).toEqual(expected);
  });
});
