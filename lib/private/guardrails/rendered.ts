import { DefaultTokenResolver, StringConcat, Token, Tokenization, type TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import type { AttributeType, Block } from "../../contract/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../contract/values";

/** JSON as cdktf makes it. */
export type Json = { readonly [name: string]: unknown };

/**
 * A block as synth writes it, under Terraform's names; what only Terraform works out is UNKNOWN.
 *
 * @param json of the element's alone, or of the whole stack's
 */
export function rendered(scope: IConstruct, block: Block, json: Json): ValueObject {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolve: Resolve = (value) =>
    Token.isUnresolved(value) ? (Tokenization.resolve(value, { scope, resolver, preparing: false }) as unknown) : value;
  return blockOf(block, json, resolve);
}

/** The element's own block, its overrides included. */
export function ownJson(element: TerraformElement): Json {
  // `{ resource: { TYPE: { NAME: block } } }` and `{ provider: { TYPE: [block] } }` hold one block.
  const { resource, provider } = element.toTerraform() as { readonly resource?: Json; readonly provider?: Json };
  const byType = Object.values(resource ?? provider ?? {})[0];
  return (Object.values(byType ?? {})[0] ?? {}) as Json;
}

type Resolve = (value: unknown) => unknown;

function blockOf({ attributes, blocks = {} }: Block, json: Json, resolve: Resolve): ValueObject {
  const config: { [name: string]: Value } = {};
  // Rules check only a few arguments, and resolving tokens is slow.
  for (const [name, { type }] of Object.entries(attributes))
    Object.defineProperty(config, name, { enumerable: true, get: () => valueOf(type, json[name], resolve) });
  for (const [name, { nesting, block }] of Object.entries(blocks)) {
    const given = resolve(json[name]) ?? null;
    const dynamic = (json["dynamic"] as Json | undefined)?.[name] !== undefined;
    const items = (Array.isArray(given) ? given : given === null ? [] : [given])
      .map(resolve)
      .map((item) => (isReference(item) ? UNKNOWN : blockOf(block, item as Json, resolve)));
    if (dynamic || isReference(given)) config[name] = UNKNOWN;
    else config[name] = nesting === "list" ? items : (items[0] ?? null);
  }
  return config;
}

/** Converts scalars to the argument's type, as Terraform does. */
function valueOf(type: AttributeType, given: unknown, resolve: Resolve): Value {
  const json = resolve(given);
  if (json === undefined || json === null) return null;
  if (isReference(json)) return UNKNOWN;
  const inner = type[1] as AttributeType;
  if (Array.isArray(json)) return json.map((item) => valueOf(inner, item, resolve));
  if (typeof json === "object") return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, valueOf(inner, item, resolve)]));
  if (type === "bool") return json === true || json === "true";
  return type === "number" ? Number(json) : String(json);
}

/** Terraform reads each text as a template: `${…}` and `%{…}` are its to work out, `$${` and `%%{` are plain text. */
function isReference(json: unknown): boolean {
  return typeof json === "string" && /(^|[^$])\$\{|(^|[^%])%\{/.test(json);
}
