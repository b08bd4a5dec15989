import { Fn, Token } from "cdktf";

/** A value as JSON. Where a part of it is known only to Terraform, Terraform has to write the JSON, or it is none that HCL can hold. */
export function jsonText(value: object): string {
  return hasTokens(value) ? Fn.jsonencode(value) : JSON.stringify(value);
}

function hasTokens(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasTokens);
}
