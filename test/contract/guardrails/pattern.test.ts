import fc from "fast-check";
import { fits } from "../../../lib/contract/guardrails/pattern";
import { cpuTime } from "../../support/waiting/cpu-time";

test.each([
  ["golden-*", "golden-", true],
  ["golden-*", "golden-web", true],
  ["golden-*", "my-golden-web", false],
  ["*", "", true],
  ["a*a", "a", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a.c", "abc", false],
  ["exact", "exact", true],
  ["exact", "exactly", false],
])("whether the pattern %s matches the text %j: %s", (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));

test("a text with some parts replaced by stars is a pattern that matches the text", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), (parts) => {
      const pattern = parts.map(([part, starred]) => (starred ? "*" : part.replaceAll("*", ""))).join("");
      const text = parts.map(([part, starred]) => (starred ? part : part.replaceAll("*", ""))).join("");
      expect(fits(pattern, text)).toBe(true);
    }),
  );
});

test("a pattern with thousands of stars takes less than a second", () => {
  const took = cpuTime(() => expect(fits("*a".repeat(2_000) + "b", "a".repeat(50_000))).toBe(false));
  expect(took).toBeLessThan(1_000);
});
