import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultBehaviour } from "../../../lib/emulator";
import { SWITCH_CHOICES } from "../../../lib/emulator/switches/behaviour-patch";
import { ROOT, loadScript } from "../support/load-script";

interface Assumption {
  readonly name: string;
  readonly tells: string;
  readonly value?: unknown;
  readonly manual?: boolean;
}
const { ASSUMPTIONS, CHECKS, openAssumptions } = {
  ...loadScript<{ ASSUMPTIONS: Assumption[] }>("scripts/conformance/assumptions.mjs"),
  ...loadScript<{ CHECKS: { name: string }[] }>("scripts/conformance/checks.mjs"),
  ...loadScript<{ openAssumptions(behaviour: object, choices: object): string }>("scripts/conformance/open-assumptions.mjs"),
};
const switches = Object.entries(defaultBehaviour()).flatMap(([group, values]) => Object.keys(values).map((name) => `${group}.${name}`));

describe("the open assumptions", () => {
  test("contain every switch of the emulator once, and no other", () => {
    const named = ASSUMPTIONS.filter((assumption) => assumption.value === undefined).map((assumption) => assumption.name);
    expect([...named].sort()).toEqual([...switches].sort());
  });

  test("name an existing check, or say that there is none", () => {
    const names = CHECKS.map((check) => check.name);
    for (const { name, tells } of ASSUMPTIONS) {
      expect([name, /^none\b/.test(tells) || names.some((check) => tells.startsWith(check))]).toEqual([name, true]);
    }
  });

  test("have a fact in the suite of every language, unless they are checked by hand", () => {
    const sources = ["javascript/checks", "python/conformance/checks", "go/internal/suite"].map((folder) => sourcesIn(folder));
    for (const { name, manual } of ASSUMPTIONS.filter((assumption) => !/by python/.test(assumption.tells))) {
      expect([name, sources.every((source) => source.includes(`"${name}"`))]).toEqual([name, manual !== true]);
    }
  });

  test("are listed in docs/real-ecs.md", () => {
    const document = readFileSync(join(ROOT, "docs/real-ecs.md"), "utf8");
    const [, table] = /<!-- assumptions -->\n\n([^]*?)\n\n<!-- end of assumptions -->/.exec(document) ?? [];
    // node scripts/conformance/write-assumptions.mjs writes the list.
    expect(table).toBe(openAssumptions(defaultBehaviour(), SWITCH_CHOICES));
  });
});

function sourcesIn(folder: string): string {
  const files = ["reading", "refusing", "running", "cancelling"];
  const suffix = folder.startsWith("java") ? "mjs" : folder.startsWith("python") ? "py" : "go";
  return files.map((file) => readFileSync(join(ROOT, "test/conformance", folder, `${file}.${suffix}`), "utf8")).join("\n");
}
