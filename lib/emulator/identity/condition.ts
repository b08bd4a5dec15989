import type { Tag } from "../values/model";
import { matchesPattern } from "./wildcards";

/** `{ "StringEquals": { "acs:ResourceTag/team": ["web"] } }`. */
export interface Condition {
  readonly [operator: string]: { readonly [key: string]: string | readonly string[] };
}

/** The facts that conditions compare. */
export interface ConditionContext {
  readonly resourceTags: readonly Tag[];
  readonly requestTags: readonly Tag[];
  /** Whether an operator of inequality matches if the key is absent. */
  readonly absentKeyDiffers: boolean;
}

/** A condition has an operator or key that the emulator does not evaluate. With a guess, it could grant what RAM refuses. */
export class UnknownConditionError extends Error {}

/**
 * Whether the condition is met: all its operators and keys must match, and a key matches if one of its values does.
 *
 * @throws UnknownConditionError
 */
export function holds(condition: Condition, context: ConditionContext): boolean {
  const tests = Object.entries(condition).flatMap(([operator, keys]) => {
    const comparison = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!comparison) throw new UnknownConditionError(`the operator ${operator}. It evaluates ${Object.keys(OPERATORS).join(", ")}`);
    return Object.entries(keys).map(([key, wanted]) => ({
      comparison,
      given: valuesOf(key, context),
      wanted: [wanted].flat().map(String),
    }));
  });
  return tests.every(({ comparison: { differs, equal }, given, wanted }) => {
    if (given.length === 0) return differs && context.absentKeyDiffers;
    return given.some((value) => wanted.some((other) => equal(value, other))) !== differs;
  });
}

interface Comparison {
  /** Whether the operator tests for inequality. */
  readonly differs: boolean;
  readonly equal: (value: string, wanted: string) => boolean;
}

const same = (value: string, wanted: string): boolean => value === wanted;
const sameIgnoringCase = (value: string, wanted: string): boolean => value.toLowerCase() === wanted.toLowerCase();
const like = (value: string, wanted: string): boolean => matchesPattern(wanted, value);

const OPERATORS: { readonly [name: string]: Comparison } = {
  StringEquals: { differs: false, equal: same },
  StringNotEquals: { differs: true, equal: same },
  StringEqualsIgnoreCase: { differs: false, equal: sameIgnoringCase },
  StringNotEqualsIgnoreCase: { differs: true, equal: sameIgnoringCase },
  StringLike: { differs: false, equal: like },
  StringNotLike: { differs: true, equal: like },
};

/** The tags that each kind of key refers to. */
const KEYS: { readonly [prefix: string]: (context: ConditionContext) => readonly Tag[] } = {
  "acs:ResourceTag/": ({ resourceTags }) => resourceTags,
  "acs:RequestTag/": ({ requestTags }) => requestTags,
  // The older key does not distinguish between them.
  "ecs:tag/": ({ resourceTags, requestTags }) => [...resourceTags, ...requestTags],
};

function valuesOf(key: string, context: ConditionContext): readonly string[] {
  const found = Object.entries(KEYS).find(([prefix]) => key.startsWith(prefix));
  if (!found) {
    const known = Object.keys(KEYS).map((prefix) => `${prefix}KEY`);
    throw new UnknownConditionError(`the key ${key}. It evaluates ${known.join(", ")}`);
  }
  const [prefix, tags] = found;
  return tags(context)
    .filter((tag) => tag.key === key.slice(prefix.length))
    .map(({ value }) => value);
}
