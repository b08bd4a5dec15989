import type { Attribute, Block, NestedBlock } from "../schema";
import type { Path } from "../values";
import { isBlock, type Argument, type ArgumentBlock, type Arguments } from "./argument";

/** The schema of a table of arguments; `outputs` are attributes that only the provider sets. */
export function schemaBlock(description: string, rows: Arguments, outputs: { readonly [name: string]: Attribute } = {}): Block {
  const attributes: { [name: string]: Attribute } = { ...outputs };
  const blocks: { [name: string]: NestedBlock } = {};
  for (const [name, row] of Object.entries(rows)) {
    if (isBlock(row)) blocks[name] = nestedBlock(row);
    else attributes[name] = attribute(row);
  }
  return { description, attributes, ...(Object.keys(blocks).length > 0 && { blocks }) };
}

function attribute(row: Argument): Attribute {
  return {
    type: row.type,
    ...(row.required ? { required: true } : { optional: true }),
    ...(row.computed && { computed: true }),
    ...(row.deprecated !== undefined && { deprecated: true }),
    description: [row.description, inSchema(row.default), row.deprecated && `Deprecated ${row.deprecated}`].filter(Boolean).join(" "),
  };
}

function nestedBlock({ nesting, minItems, maxItems, description, default: fallback, block }: ArgumentBlock): NestedBlock {
  return { nesting, minItems, maxItems, block: schemaBlock([description, inSchema(fallback)].filter(Boolean).join(" "), block) };
}

function inSchema(fallback: string | undefined): string {
  if (fallback === undefined) return "";
  return fallback.startsWith("- ") ? `Default: ${fallback.slice(2)}.` : `Default: \`${fallback}\`.`;
}

/** The arguments that ECS cannot change in place, so that a new value replaces the resource. */
export function replacing(rows: Arguments): string[] {
  return Object.keys(rows).filter((name) => (rows[name].change ?? "replaces") === "replaces");
}

/** The argument that each error code of ECS is about, by the code's beginning; for a list block, the first item's argument. */
export function errorPaths(rows: Arguments, path: Path = []): { readonly [codePrefix: string]: Path } {
  const found: { [codePrefix: string]: Path } = {};
  for (const [name, row] of Object.entries(rows)) {
    if (isBlock(row)) Object.assign(found, errorPaths(row.block, [...path, name, ...(row.nesting === "list" ? [0] : [])]));
    else for (const code of row.codes ?? []) found[code] = [...path, name];
  }
  return found;
}

/** All enumerations of the table, including those in nested blocks, with their arguments' names. */
export function enumerations(rows: Arguments): [string, Argument][] {
  return Object.entries(rows).flatMap(([name, row]): [string, Argument][] => {
    if (isBlock(row)) return enumerations(row.block);
    return row.values === undefined ? [] : [[name, row]];
  });
}
