import { DefaultTokenResolver, StringConcat, Token, Tokenization, type TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import type { AttributeType, Block } from "../../contract/schema";
import { isRecord, UNKNOWN, type Value, type ValueObject } from "../../contract/values";
import { entriesOf, providersIn, resourcesIn, type Json } from "./written-json";

/**
 * A block as synth writes it, under Terraform's names; UNKNOWN stands for what only Terraform can evaluate.
 *
 * @param json the block's JSON, from the element's own or from that of the whole stack
 */
export function rendered(scope: IConstruct, block: Block, json: Json): ValueObject {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolve: Resolve = (value) =>
    Token.isUnresolved(value) ? Tokenization.resolve(value, { scope, resolver, preparing: false }) : value;
  return blockOf(block, json, resolve);
}

/** The element's own block, including its overrides. */
export function ownJson(element: TerraformElement): Json {
  const { resource, provider }: Json = element.toTerraform();
  return [...resourcesIn(resource), ...providersIn(provider)][0]?.json ?? {};
}

type Resolve = (value: unknown) => unknown;

function blockOf({ attributes, blocks = {} }: Block, json: Json, resolve: Resolve): ValueObject {
  const config: { [name: string]: Value } = {};
  // Rules check only a few arguments, and resolving tokens is slow.
  for (const [name, { type }] of Object.entries(attributes))
    Object.defineProperty(config, name, { enumerable: true, get: () => valueOf(type, json[name], resolve) });
  for (const [name, { nesting, block }] of Object.entries(blocks)) {
    const given = resolve(json[name]);
    const isDynamic = entriesOf(json["dynamic"]).some(([label]) => label === name);
    const items = [given]
      .flat(Infinity)
      .map(resolve)
      .flatMap((item): Value[] => (isReference(item) ? [UNKNOWN] : isRecord(item) ? [blockOf(block, item, resolve)] : []));
    if (isDynamic || isReference(given)) config[name] = UNKNOWN;
    else config[name] = nesting === "list" ? items : (items[0] ?? null);
  }
  return config;
}

/** Converts scalars to the argument's type, as Terraform does. */
function valueOf(type: AttributeType, given: unknown, resolve: Resolve): Value {
  const json = resolve(given);
  if (json === undefined || json === null) return null;
  if (isReference(json)) return UNKNOWN;
  if (typeof type !== "string") return type[0] === "object" ? null : collectionOf(type[1], json, resolve);
  if (type === "bool") return json === true || json === "true" || json === "1";
  return type === "number" ? Number(json) : String(json);
}

function collectionOf(element: AttributeType, json: unknown, resolve: Resolve): Value {
  if (Array.isArray(json)) return json.map((item) => valueOf(element, item, resolve));
  if (!isRecord(json)) return null;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, valueOf(element, item, resolve)]));
}

/** Terraform reads every string as a template: it evaluates `${…}` and `%{…}`; `$${` and `%%{` are plain text. */
function isReference(json: unknown): boolean {
  return typeof json === "string" && /(^|[^$])\$\{|(^|[^%])%\{/.test(json);
}
