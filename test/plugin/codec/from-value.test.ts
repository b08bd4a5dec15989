import { UNKNOWN, type Value } from "../../../lib/contract/values";
import { fromValue } from "../../../lib/plugin/codec/from-value";
import type { Shape } from "../../../lib/plugin/codec/shape";

const SHAPE: Shape = {
  kind: "object",
  attributes: new Map<string, Shape>([
    ["name", { kind: "string" }],
    ["size", { kind: "number" }],
    ["on", { kind: "bool" }],
    ["tags", { kind: "map", element: { kind: "string" } }],
    [
      "disk",
      { kind: "list", neverNull: true, element: { kind: "object", attributes: new Map<string, Shape>([["format", { kind: "string" }]]) } },
    ],
  ]),
};

describe("a value that the provider returned", () => {
  test("gets null for missing attributes and an empty list for missing blocks", () => {
    expect(fromValue({ name: "a" }, SHAPE, "?")).toEqual({ name: "a", size: null, on: null, tags: null, disk: [] });
  });

  test("has the given placeholder wherever it is unknown", () => {
    expect(fromValue({ name: UNKNOWN, tags: { a: UNKNOWN }, disk: UNKNOWN }, SHAPE, "?")).toMatchObject({
      name: "?",
      tags: { a: "?" },
      disk: "?",
    });
  });

  test.each<[string, Value, string]>([
    ["an attribute that the schema does not have", { nme: "a" }, "nme: the schema has no such attribute"],
    ["a number for a string", { name: 5 }, "name: the provider returned a number where the schema has a string"],
    ["a string for a bool", { on: "true" }, "on: the provider returned a string where the schema has a bool"],
    ["a text instead of a number", { size: "five" }, "size: the provider returned a string where the schema has a number"],
    ["NaN for a number", { size: Number.NaN }, "size: the provider returned a number where the schema has a number"],
    ["an object for a list", { disk: {} }, "disk: the provider returned an object where the schema has a list"],
    ["a list for a map", { tags: [] }, "tags: the provider returned a list where the schema has a map"],
    ["a wrong type deep inside", { disk: [{ format: "a" }, { format: true }] }, "disk[1].format: the provider returned a boolean"],
  ])("is refused with its path if it has %s", (_what, value, message) => {
    expect(() => fromValue(value, SHAPE, "?")).toThrow(message);
  });
});
