import type { AttributeType } from "../schema";
import type { Issue, Path, ValueObject } from "../values";

/** What a change of an argument does to the resource. */
export type Change = "replaces" | "in place";

/**
 * One argument of a Terraform type. Everything else is derived from it: the schema, the checks at synth and plan, the request's
 * parameter, what a change does, the argument that an error of ECS is about, and the construct's prop.
 */
export interface Argument {
  readonly type: AttributeType;
  /** A sentence or two, shown in the schema and as the prop's documentation. Names other arguments in backticks. */
  readonly description: string;
  /** What applies if the argument is not set: a value, or a description that begins with `- `. */
  readonly default?: string;
  readonly required?: boolean;
  /** The provider computes it if it is not set. */
  readonly computed?: boolean;
  readonly deprecated?: string;
  /** An enumeration: ECS's own spellings. Users may write them in any case. */
  readonly values?: readonly string[];
  /** Returns other values that ECS accepts, in ECS's spelling; null for anything else. */
  readonly alsoValue?: (value: string) => string | null;
  /** Finds values that ECS would reject. Not called for an enumeration, which is checked against its `values`. */
  readonly check?: Check;
  /** Default: "replaces". */
  readonly change?: Change;
  /** The request's parameter as ECS's reference spells it. Absent if the argument is not sent to ECS. */
  readonly parameter?: string;
  /** The beginnings of ECS's error codes that are about this argument. */
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
  /** Finds what ECS would reject in the block as a whole. */
  readonly check?: Check;
  readonly change?: Change;
  readonly parameter?: string;
  /** The type of the construct's prop. */
  readonly propType?: string;
}

export type Arguments = { readonly [name: string]: Argument | ArgumentBlock };

/** Reports what is wrong with the value at the path; nothing if it is unset or not known yet. */
export type Check = (config: ValueObject, path: Path) => readonly Issue[];

export const isBlock = (row: Argument | ArgumentBlock): row is ArgumentBlock => "block" in row;
