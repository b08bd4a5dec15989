import { Token } from "cdktf";
import type { Block } from "../contract/schema";
import { isRecord, UNKNOWN, type Issue, type Path, type Value, type ValueObject } from "../contract/values";

/** The props of a construct; their names are Terraform's arguments in camelCase. */
export type Props = { readonly [name: string]: unknown };

/**
 * Converts props that `prop-shape.ts` has checked to what the shared rules expect: Terraform's names, null for unset values, and
 * UNKNOWN for tokens, which only Terraform can resolve.
 */
export function configOf(block: Block, props: Props): ValueObject {
  const config: { [name: string]: Value } = {};
  for (const name of Object.keys(block.attributes)) config[name] = valueOf(props[camelCase(name)]);
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    const given = props[camelCase(name)];
    if (given === undefined || given === null) config[name] = nested.nesting === "list" ? [] : null;
    else if (Token.isUnresolved(given)) config[name] = UNKNOWN;
    else if (nested.nesting === "single") config[name] = configOf(nested.block, isRecord(given) ? given : {});
    else {
      // A block that may occur at most once is a single object in the props.
      const items: readonly unknown[] = Array.isArray(given) ? given : [given];
      config[name] = items.map((item) => (Token.isUnresolved(item) ? UNKNOWN : configOf(nested.block, isRecord(item) ? item : {})));
    }
  }
  return config;
}

/**
 * Rewrites an issue for the construct's user: props in camelCase, `timeouts.create` by the prop that sets it, and a block that
 * may occur at most once as a single object.
 */
export function inProps(issue: Issue, block: Block, rename: { readonly [path: string]: string } = {}): Issue {
  const full = issue.path.join(".");
  const own = Object.hasOwn(rename, full) ? rename[full] : undefined;
  const path = own !== undefined ? [own] : issue.path.filter((_, index) => !isOnlyItem(issue.path, index, block)).map(propOf);
  const last = issue.path.at(-1);
  const detail = issue.detail.replace(
    /`([a-z][a-z0-9_]*)`/g,
    (_, name: string) => `\`${name === last ? inWords(path) : camelCase(name)}\``,
  );
  return { path, summary: issue.summary.replace(/\b[a-z]+(_[a-z]+)+\b/g, camelCase), detail };
}

function isOnlyItem(path: Path, index: number, block: Block): boolean {
  return index === 1 && typeof path[1] === "number" && block.blocks?.[path[0]]?.maxItems === 1;
}

/** `diskDeviceMapping[0].ossBucket` for diskDeviceMapping, 0, ossBucket. */
function inWords(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${step}`)).join("");
}

/** Paths may also contain tag keys. Only arguments are renamed. */
function propOf(step: string | number): string | number {
  return typeof step === "string" && /^[a-z][a-z0-9_]*$/.test(step) ? camelCase(step) : step;
}

/** The name of an argument's prop. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function valueOf(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (Token.isUnresolved(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(valueOf);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOf(item)]));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
