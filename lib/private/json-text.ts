import { Fn, Token } from "cdktf";

/** A value as JSON. If only Terraform knows a part of the value, Terraform encodes it, because tokens in JSON text would not be valid HCL. */
export function jsonText(value: object): string {
  return hasTokens(value) ? Fn.jsonencode(value) : JSON.stringify(value);
}

function hasTokens(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasTokens);
}
