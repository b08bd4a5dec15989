import { encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";
import { decodeDynamicValue, decodeRawState, encodeDynamicValue, nullDynamicValue } from "../../../lib/plugin/codec/dynamic-value";
import { decodeMsgpack } from "../../../lib/plugin/codec/msgpack";
import { shapeOfBlock } from "../../../lib/plugin/codec/shape";
import type { Block } from "../../../lib/contract/schema";

const BLOCK: Block = {
  attributes: {
    text: { type: "string", description: "" },
    number: { type: "number", description: "" },
    flag: { type: "bool", description: "" },
    tags: { type: ["map", "string"], description: "" },
    numbers: { type: ["list", "number"], description: "" },
    tasks: { type: ["list", ["object", { id: "string", done: "bool" }]], description: "" },
  },
  blocks: {
    disk: {
      nesting: "list",
      block: { attributes: { format: { type: "string", description: "" }, gib: { type: "number", description: "" } } },
    },
    timeouts: { nesting: "single", block: { attributes: { create: { type: "string", description: "" } } } },
  },
};
const SHAPE = shapeOfBlock(BLOCK);

const orMissing = (known: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 5, arbitrary: known }, fc.constant(null), fc.constant(UNKNOWN));
const text = fc.string({ unit: "binary" });
/** Numbers that JavaScript represents exactly, and the decimal text of others. */
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n }).map(String),
);
/** Keys, among them the names of properties that every JavaScript object inherits. */
const key = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "toString", "\0__proto__"));
const values: fc.Arbitrary<ValueObject> = fc.record({
  text: orMissing(text),
  number: orMissing(number),
  flag: orMissing(fc.boolean()),
  tags: orMissing(fc.dictionary(key, orMissing(text))),
  numbers: orMissing(fc.array(orMissing(number))),
  tasks: orMissing(fc.array(orMissing(fc.record({ id: orMissing(text), done: orMissing(fc.boolean()) })))),
  disk: fc.oneof(fc.array(fc.record({ format: orMissing(text), gib: orMissing(number) })), fc.constant(UNKNOWN)) as fc.Arbitrary<Value>,
  timeouts: orMissing(fc.record({ create: orMissing(text) })),
});

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "symbol" ? { unknown: true } : inner)) ?? "null");

describe("a value in Terraform's encoding", () => {
  test("is the same value after encoding and decoding", () => {
    fc.assert(
      fc.property(values, (value) => expect(plain(decodeDynamicValue(encodeDynamicValue(value, SHAPE), SHAPE))).toEqual(plain(value))),
    );
  });

  test("has the same bytes after decoding and encoding", () => {
    fc.assert(
      fc.property(values, (value) => {
        const wire = encodeDynamicValue(value, SHAPE);
        expect(encodeDynamicValue(decodeDynamicValue(wire, SHAPE)!, SHAPE)).toEqual(wire);
      }),
    );
  });

  test("is the same value after it was in Terraform's state file, if it is known", () => {
    const known = values.filter((value) => !JSON.stringify(plain(value)).includes("unknown"));
    fc.assert(
      fc.property(known, (value) => {
        // Terraform writes numbers with all digits, as JSON numbers.
        const json = JSON.stringify(value, (name, inner: unknown) =>
          (name === "number" || name === "gib") && typeof inner === "string" ? `#${inner}#` : inner,
        ).replace(/"#(\d+)#"/g, "$1");
        const back = decodeRawState(Buffer.from(json), SHAPE)!;
        expect(plain({ ...back, numbers: null, number: String(back.number), disk: null })).toEqual(
          plain({ ...value, numbers: null, number: String(value.number), disk: null }),
        );
      }),
    );
  });

  test("is null if it encodes null, in msgpack or JSON, or is missing", () => {
    expect(decodeDynamicValue(nullDynamicValue(), SHAPE)).toBeNull();
    expect(decodeDynamicValue(undefined, SHAPE)).toBeNull();
    expect(decodeDynamicValue({ msgpack: Buffer.alloc(0), json: Buffer.alloc(0) }, SHAPE)).toBeNull();
    expect(decodeDynamicValue({ msgpack: Buffer.alloc(0), json: Buffer.from("null") }, SHAPE)).toBeNull();
  });
});

describe("msgpack", () => {
  test.each([
    ["an unknown without refinements", new ExtData(0, new Uint8Array(1))],
    ["an unknown that is refined as not null", new ExtData(12, encode({ 1: false }))],
  ])("reads %s as unknown", (_what, ext) => {
    expect(decodeMsgpack(encode(ext))).toBe(UNKNOWN);
  });

  test("writes an unknown as Terraform does: extension type 0, one zero byte", () => {
    const { msgpack } = encodeDynamicValue(UNKNOWN, SHAPE);
    expect(msgpack.toString("hex")).toBe("d40000");
  });
});
