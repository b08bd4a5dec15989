import { CodecError } from "./errors";

/**
 * Decodes JSON as Terraform stores state. A number that JavaScript cannot represent exactly stays the text that Terraform wrote
 * (see `toValue`): JSON.parse alone would change its last digits, and Terraform would plan to change it back.
 */
export function decodeJson(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString("utf8");
  try {
    return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') || isExact(token) ? token : `"${token}"`)));
  } catch {
    // The parser's own message quotes the text, and state may hold secrets.
    throw new CodecError([], "it is not valid JSON");
  }
}

/** Strings match too, so that digits in them stay as they are. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function isExact(token: string): boolean {
  const number = Number(token);
  if (Number.isInteger(number)) return Number.isSafeInteger(number);
  return number.toPrecision(100).replace(/0+$/, "") === token;
}
