import { hasUnknown, UNKNOWN, type Path, type Value, type ValueObject } from "../contract/values";
import type { Environment } from "./environment";
import { configuredRegion } from "./settings";

/** A provider block that is partly unknown until apply: enough for a plan, never enough to call ECS. */
export interface PendingSettings {
  /** The unknown arguments as the user wrote them: `access_key`, `assume_role[0].role_arn`. */
  readonly arguments: readonly string[];
  /** Null if neither the block nor the environment has one. */
  readonly region: string | null | typeof UNKNOWN;
  /** The keys of `default_tags`, as far as they are known. */
  readonly defaultTagKeys: readonly string[];
}

/** Null if every argument is known. One unknown argument makes all settings pending, because it may decide the account or the endpoint. */
export function pendingSettings(config: ValueObject, env: Environment): PendingSettings | null {
  if (!hasUnknown(config)) return null;
  const tags = config["default_tags"];
  return {
    arguments: unknownPaths(config).map(inWords),
    region: config["region"] === UNKNOWN ? UNKNOWN : configuredRegion(config, env),
    defaultTagKeys: tags !== null && typeof tags === "object" ? Object.keys(tags) : [],
  };
}

function unknownPaths(value: Value, path: Path = []): Path[] {
  if (value === UNKNOWN) return [path];
  if (value === null || typeof value !== "object") return [];
  const steps: readonly (readonly [string | number, Value])[] = Array.isArray(value)
    ? value.map((item: Value, index) => [index, item] as const)
    : Object.entries(value);
  return steps.flatMap(([step, inner]) => unknownPaths(inner, [...path, step]));
}

const inWords = (path: Path): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${step}`)).join("");
