import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { UNKNOWN } from "../../contract/values";

/** Terraform's extension types: a plain unknown value, and one of which something is known (say, that it is not null). */
const UNKNOWN_TYPE = 0;
const REFINED_UNKNOWN_TYPE = 12;

/** What `encodeMsgpack` writes for a value known only after apply. */
export const UNKNOWN_MSGPACK = new ExtData(UNKNOWN_TYPE, new Uint8Array(1));

/** Integers beyond 2^53 come as bigint. */
export function decodeMsgpack(bytes: Uint8Array): unknown {
  return decode(bytes, { extensionCodec, useBigInt64: true });
}

export function encodeMsgpack(raw: unknown): Buffer {
  const bytes = encode(raw);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const extensionCodec = new ExtensionCodec();
for (const type of [UNKNOWN_TYPE, REFINED_UNKNOWN_TYPE]) extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });
