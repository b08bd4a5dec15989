import type { Value, ValueObject } from "../../contract/values";
import type { DynamicValue } from "../gen/tfplugin6";
import { fromValue } from "./from-value";
import { decodeJson } from "./json";
import { decodeMsgpack, encodeMsgpack, UNKNOWN_MSGPACK } from "./msgpack";
import type { Shape } from "./shape";
import { toObject } from "./to-value";

/** Decodes a value; an absent value is null. */
export function decodeDynamicValue(wire: DynamicValue | undefined, shape: Shape): ValueObject | null {
  if (wire?.msgpack.length) return toObject(decodeMsgpack(wire.msgpack), shape);
  if (wire?.json.length) return toObject(decodeJson(wire.json), shape);
  return null;
}

/** Encodes a value, always as msgpack. */
export function encodeDynamicValue(value: Value, shape: Shape): DynamicValue {
  return { msgpack: encodeMsgpack(fromValue(value, shape, UNKNOWN_MSGPACK)), json: Buffer.alloc(0) };
}

/** Encodes null, which fits every shape. */
export function nullDynamicValue(): DynamicValue {
  return { msgpack: encodeMsgpack(null), json: Buffer.alloc(0) };
}

/** Decodes stored state, which an older version of the schema may have written. */
export function decodeRawState(json: Uint8Array, shape: Shape): ValueObject | null {
  return toObject(decodeJson(json), shape);
}
