import type { AttributeType } from "../schema";
import type { Issue, Path, ValueObject } from "../values";

/** What a change of an argument does to the resource. */
export type Change = "replaces" | "in place";

/**
 * One argument of a Terraform type, told once. From this come its schema, its check at synth and plan, the request's
 * parameter, what a change does, the argument at fault in an error of ECS's, and the construct's prop.
 */
export interface Argument {
  readonly type: AttributeType;
  /** A sentence or two, for the reader of the schema and of the prop. Names other arguments in backticks. */
  readonly description: string;
  /** What holds where the argument is not given: a value, or a text that begins with `- `. */
  readonly default?: string;
  readonly required?: boolean;
  /** The provider fills it in where it is not given. */
  readonly computed?: boolean;
  readonly deprecated?: string;
  /** An enumeration: ECS's own spellings. Users may write them in any case. */
  readonly values?: readonly string[];
  /** Values beyond `values` that ECS takes too, in ECS's spelling; null for anything else. */
  readonly alsoValue?: (value: string) => string | null;
  /** What ECS would refuse. It is not called for an enumeration, which is checked by its `values`. */
  readonly check?: Check;
  /** Default: "replaces". */
  readonly change?: Change;
  /** ECS's parameter of the request, as its reference spells it. Absent: ECS is not told. */
  readonly parameter?: string;
  /** ECS's error codes that are about this argument, by their beginning. */
  readonly codes?: readonly string[];
}

/** A nested block of arguments. */
export interface ArgumentBlock {
  readonly description: string;
  readonly default?: string;
  readonly nesting: "single" | "list";
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly block: Arguments;
  /** What ECS would refuse of the block as a whole. */
  readonly check?: Check;
  readonly change?: Change;
  readonly parameter?: string;
  /** The prop's type among the constructs. */
  readonly propType?: string;
}

export type Arguments = { readonly [name: string]: Argument | ArgumentBlock };

/** What is wrong with the value at the path; nothing where it is unset or not known yet. */
export type Check = (config: ValueObject, path: Path) => readonly Issue[];

export const isBlock = (row: Argument | ArgumentBlock): row is ArgumentBlock => "block" in row;
