import { Token } from "cdktf";
import type { Block } from "../contract/schema";
import { UNKNOWN, type Issue, type Path, type Value, type ValueObject } from "../contract/values";

/** Props as a construct takes them; names are Terraform's arguments in camelCase. */
export type Props = { readonly [name: string]: unknown };

/**
 * Props, of the form that `prop-shape.ts` has checked, as the shared rules want them: Terraform's names, null for what is not set, UNKNOWN for tokens, which only
 * Terraform can look into.
 */
export function configOf(block: Block, props: Props): ValueObject {
  const config: { [name: string]: Value } = {};
  for (const name of Object.keys(block.attributes)) config[name] = valueOf(props[camelCase(name)]);
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    const given = props[camelCase(name)];
    if (given === undefined || given === null) config[name] = nested.nesting === "list" ? [] : null;
    else if (Token.isUnresolved(given)) config[name] = UNKNOWN;
    else if (nested.nesting === "single") config[name] = configOf(nested.block, given as Props);
    else {
      // A block that may stand once is one object among the props.
      const items = nested.maxItems === 1 ? [given] : (given as readonly unknown[]);
      config[name] = items.map((item) => (Token.isUnresolved(item) ? UNKNOWN : configOf(nested.block, item as Props)));
    }
  }
  return config;
}

/**
 * An issue as the construct's user reads it: props in camelCase, `timeouts.create` by its own prop where it has one, and
 * a block that may stand once as the one object that it is among the props.
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

/** Tag keys stand in a path too; only arguments are renamed. */
function propOf(step: string | number): string | number {
  return typeof step === "string" && /^[a-z][a-z0-9_]*$/.test(step) ? camelCase(step) : step;
}

/** An argument's name among the props. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function valueOf(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (Token.isUnresolved(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(valueOf);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOf(item)]));
  return value as Value;
}
