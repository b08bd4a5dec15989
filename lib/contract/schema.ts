import type { Value } from "./values";

/**
 * A Terraform schema as plain data. Both the plugin's answer to GetProviderSchema and the L1 bindings are made from it, so that
 * constructs and handler cannot drift apart.
 */

/** A type in Terraform's own JSON notation, e.g. `"string"` or `["map", "string"]`. */
export type AttributeType =
  "string" | "number" | "bool" | readonly ["list" | "map", AttributeType] | readonly ["object", { readonly [name: string]: AttributeType }];

/** One argument or attribute. */
export interface Attribute {
  readonly type: AttributeType;
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  /** Terraform never prints the value. */
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

/** A block inside a block. `single` is an object or null; `list` is a list, never null. */
export interface NestedBlock {
  readonly nesting: "single" | "list";
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly block: Block;
}

/** Attributes and nested blocks of a resource, a data source or the provider itself. */
export interface Block {
  readonly description?: string;
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blocks?: { readonly [name: string]: NestedBlock };
}

/** A block with the version of the state that it describes. */
export interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** The identity of a resource: values that no other resource has and that never change. */
export interface IdentitySchema {
  readonly version: number;
  readonly attributes: { readonly [name: string]: IdentityAttribute };
}

export interface IdentityAttribute {
  readonly type: AttributeType;
  readonly description: string;
  /** False: if an `import` block omits it, the provider fills it in. */
  readonly required: boolean;
}

/** A block in which nothing is set. */
export function blankBlock({ attributes, blocks = {} }: Block): { [name: string]: Value } {
  return Object.fromEntries([
    ...Object.keys(attributes).map((name): [string, Value] => [name, null]),
    ...Object.entries(blocks).map(([name, { nesting }]): [string, Value] => [name, nesting === "list" ? [] : null]),
  ]);
}
