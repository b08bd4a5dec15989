import type { Path } from "../../contract/values";

/** A value that does not fit its schema. */
export class CodecError extends Error {
  override readonly name = "CodecError";

  constructor(
    readonly path: Path,
    problem: string,
  ) {
    super(`${path.length ? formatPath(path) : "the value"}: ${problem}`);
  }
}

/** `["disk_device_mapping", 0, "format"]` as `disk_device_mapping[0].format`. */
export function formatPath(path: Path): string {
  return path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

/** The kind of a value. Does not show the value, because it may be a secret. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "symbol") return "an unknown value";
  return `a ${typeof value}`;
}
