/**
 * JSON as Terraform stores state. A fraction that binary cannot hold exactly is kept as the text that Terraform wrote
 * (see `toValue`); integers beyond 2^53 lose digits here, as in every JSON parser of JavaScript.
 */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString("utf8"), (_key, value: unknown) => (typeof value === "number" && !isExact(value) ? String(value) : value));
}

function isExact(number: number): boolean {
  return Number.isInteger(number) || number.toPrecision(100).replace(/0+$/, "") === String(number);
}
