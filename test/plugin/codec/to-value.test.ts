import { UNKNOWN } from "../../../lib/contract/values";
import type { Shape } from "../../../lib/plugin/codec/shape";
import { toValue } from "../../../lib/plugin/codec/to-value";

const list = (element: Shape, neverNull = false): Shape => ({ kind: "list", element, neverNull });
const object = (attributes: { [name: string]: Shape }): Shape => ({ kind: "object", attributes: new Map(Object.entries(attributes)) });
const string: Shape = { kind: "string" };
const number: Shape = { kind: "number" };
const bool: Shape = { kind: "bool" };

describe("a decoded value is converted to the schema's types:", () => {
  test.each([
    ["a missing attribute is null", { b: 1 }, object({ a: string, b: number }), { a: null, b: 1 }],
    ["an attribute that the schema does not have is dropped", { gone: 1 }, object({}), {}],
    ["missing list blocks are an empty list", {}, object({ disk: list(string, true) }), { disk: [] }],
    ["a missing list attribute is null", {}, object({ ids: list(string) }), { ids: null }],
    ["unknown list blocks are unknown", { disk: UNKNOWN }, object({ disk: list(string, true) }), { disk: UNKNOWN }],
    ["a number becomes a string", 5, string, "5"],
    ["a bool becomes a string", true, string, "true"],
    ["a string becomes a number", "5", number, 5],
    ["a string becomes a bool", "false", bool, false],
    ["a big integer that JavaScript represents exactly becomes a number", 7n, number, 7],
    ["a larger integer becomes text", 2n ** 63n, number, "9223372036854775808"],
    ["a fraction that is not exact in binary stays text", "10.1", number, "10.1"],
    ["a fraction that is exact in binary is a number", 0.5, number, 0.5],
  ] as const)("%s", (_what, raw, shape, expected) => {
    expect(toValue(raw, shape)).toEqual(expected);
  });

  test("a map keeps keys like __proto__", () => {
    const raw = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const value = toValue(raw, { kind: "map", element: string });
    expect(Object.entries(value as object)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });

  test.each([
    ["a list for a string", { a: [{ b: [] }] }, "a[0].b: expected a string, got a list"],
    ["an object for a list", { a: {} }, "a: expected a list, got an object"],
    ["a string for an object", { a: ["x"] }, "a[0]: expected an object, got a string"],
  ])("%s is refused with its path and without its value", (_what, raw, message) => {
    const shape = object({ a: list(object({ b: string })) });
    expect(() => toValue(raw, shape)).toThrow(message);
  });

  test.each(["", "abc", "0x10", "1,5", "Infinity"])('"%s" is refused as a number', (raw) => {
    expect(() => toValue(raw, number)).toThrow("expected a number");
  });
});
