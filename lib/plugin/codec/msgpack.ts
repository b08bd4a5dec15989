import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { UNKNOWN } from "../../contract/values";

/** Terraform's extension types: an unknown value, and an unknown value with refinements (such as that it is not null). */
const UNKNOWN_TYPE = 0;
const REFINED_UNKNOWN_TYPE = 12;

/** What `encodeMsgpack` writes for a value known only after apply. */
export const UNKNOWN_MSGPACK = new ExtData(UNKNOWN_TYPE, new Uint8Array(1));

/** Decodes integers beyond 2^53 to bigint. */
export function decodeMsgpack(bytes: Uint8Array): unknown {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(PROTO)) return decode(bytes, options);
  return restored(decode(bytes, { ...options, keyDecoder }));
}

export function encodeMsgpack(raw: unknown): Buffer {
  const bytes = encode(raw);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** For Terraform, a map key like any other. The decoder rejects it, because it assigns keys to objects. */
const PROTO = "__proto__";
/** Begins with half a surrogate pair, which UTF-8 cannot encode, so that no other key is equal to it. */
const STAND_IN = "\ud800__proto__";

/** Decodes `__proto__` to its stand-in. */
const keyDecoder = {
  canBeCached: (length: number): boolean => length === PROTO.length,
  decode(bytes: Uint8Array, offset: number, length: number): string {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString("utf8");
    return key === PROTO ? STAND_IN : key;
  },
};

/** Replaces the stand-in by the key. Object.fromEntries defines a property, whereas an assignment would set the prototype. */
function restored(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(restored);
  if (typeof raw !== "object" || raw === null) return raw;
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key === STAND_IN ? PROTO : key, restored(value)]));
}

const extensionCodec = new ExtensionCodec();
for (const type of [UNKNOWN_TYPE, REFINED_UNKNOWN_TYPE]) extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });
const options = { extensionCodec, useBigInt64: true };
