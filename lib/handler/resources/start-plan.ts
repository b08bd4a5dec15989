import { createHash } from "node:crypto";
import { replacing } from "../../contract/arguments";
import { USER_TAGS } from "../../contract/provider";
import { isEnumeration } from "../../contract/checks";
import { hasUnknown, isList, isRecord, UNKNOWN, type Issue, type Path, type Value, type ValueObject } from "../../contract/values";
import type { Diagnostic, PlanRequest, PlanResult } from "../../plugin/resource";
import type { Context } from "../context";
import { parseOperationId } from "../task/operation";
import { equivalent, stringMap, text } from "./arguments";
import { warning } from "./diagnostics";
import { noRegion } from "./no-region";
import { readPrivate, writePrivate } from "./private-data";
import { issueDiagnostic, type StartKind } from "./start-kind";

/** Plans a start resource: which values are already known, and whether it has to be replaced. */
export function planStart(kind: StartKind, context: Context, { prior, proposed, config, priorPrivate }: PlanRequest): PlanResult {
  const issues = kind.validate(config);
  if (issues.length > 0) return { planned: proposed, diagnostics: issues.map(issueDiagnostic) };
  const region: Value = config["region"] ?? inheritedRegion(context, prior);
  if (region === null) return { planned: proposed, diagnostics: [issueDiagnostic(noRegion("resource"))] };
  const tags = new Set([...context.defaultTagKeys, ...Object.keys(stringMap(proposed["tags"]))]).size;
  if ("tags" in proposed && tags > USER_TAGS) return { planned: proposed, diagnostics: [issueDiagnostic(tooManyTags(tags))] };
  if (prior === null) {
    const planned: { [name: string]: Value } = { ...proposed, region };
    for (const name of computedNames(kind)) planned[name] = UNKNOWN;
    planned["start_key"] = config["start_key"] ?? deriveStartKey(kind, planned);
    return { planned, diagnostics: context.policy.onPlan(kind.type, planned) };
  }

  const data = readPrivate(priorPrivate);
  const planned: { [name: string]: Value } = { ...proposed, region };
  const requiresReplace: Path[] = [];
  const replaces = new Set(replacing(kind.arguments));
  for (const name of Object.keys(planned)) {
    // The same value in another case is not a change, so the prior spelling stays.
    if (equivalent(prior[name], planned[name], isEnumeration(name))) planned[name] = prior[name]!;
    else if ((name === "region" && isPlaced(prior)) || (replaces.has(name) && !(data.imported && isFilling(prior[name], planned[name]))))
      requiresReplace.push([name]);
  }
  // A failed operation stays in the state, so that Delete removes what it left. A computed value that becomes unknown makes
  // Terraform replace the resource.
  if (data.failed !== undefined) requiresReplace.push(["id"]);
  if (requiresReplace.length > 0) for (const name of computedNames(kind)) planned[name] = UNKNOWN;
  else if (!isPlaced(prior)) for (const name of ["id", "start_time"]) planned[name] = UNKNOWN;
  const changes = requiresReplace.length > 0 || !equivalent(prior, planned);
  const diagnostics = [
    ...(data.failed === undefined ? [] : [replacement(kind, data.failed, text(prior["id"]))]),
    ...context.policy.onPlan(kind.type, planned, changes),
  ];
  return { planned, requiresReplace, private: writePrivate({ ...data, failed: data.failed }), diagnostics };
}

/** While the provider's region is unknown, an existing resource keeps its region: an unknown one would replace the resource. */
function inheritedRegion({ defaultRegion }: Context, prior: ValueObject | null): Value {
  return defaultRegion === UNKNOWN && prior !== null && isPlaced(prior) ? prior["region"]! : defaultRegion;
}

/**
 * False if the state has no region: the resource was moved from another provider and was not found in this provider's region. Then
 * only the configuration, which Read does not receive, says where it is.
 */
export const isPlaced = (state: ValueObject): boolean => text(state["region"]) !== undefined;

/**
 * The start key if the configuration has none. It is derived from what is made and where, so that the run after a crash derives
 * the same key. Unknown while any of that is unknown.
 */
export function deriveStartKey(kind: StartKind, planned: ValueObject): string | typeof UNKNOWN {
  const identity: Value[] = [
    kind.kind,
    planned["region"]!,
    planned["image_name"] ?? null,
    ...replacing(kind.arguments).map((name) => planned[name] ?? null),
  ];
  if (hasUnknown(identity)) return UNKNOWN;
  return `auto-${createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 32)}`;
}

/** The computed attributes that are only known after the start. */
function computedNames({ schema }: StartKind): string[] {
  return Object.entries(schema.block.attributes).flatMap(([name, attribute]) => (attribute.computed && !attribute.optional ? [name] : []));
}

/** After an import, a value that only one side knows is not a change. */
function isFilling(prior: Value | undefined, planned: Value | undefined): boolean {
  const isBlank = (value: Value | undefined): boolean =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (isBlank(prior) || isBlank(planned)) return true;
  if (!isList(prior) || !isList(planned) || prior.length !== planned.length) return false;
  return prior.every((item, i) => {
    const other = planned[i];
    return isRecord(item) && isRecord(other) && Object.keys(item).every((key) => isFillingItem(item[key], other[key], key));
  });
}

const isFillingItem = (prior: Value | undefined, planned: Value | undefined, key: string): boolean =>
  prior === null || planned === null || equivalent(prior, planned, isEnumeration(key));

/** Names the operation in the title: Terraform shows only one of several warnings with the same title. */
function titleOf(id: string): string {
  const { taskId, imageId } = parseOperationId(id) ?? {};
  return (taskId ?? imageId ?? null) === null ? "" : `: ${taskId ?? imageId}`;
}

/** Terraform's own error under prevent_destroy does not say why the resource would be destroyed, so this warning does. */
const replacement = (kind: StartKind, failed: string, id = ""): Diagnostic =>
  warning(
    `The ${kind.kind} failed${titleOf(id)}`,
    `${failed === "unresolved" ? "ECS did not confirm that it started" : `ECS shows it as ${failed}`}, so it is replaced: the apply removes what it left and starts a new one. If lifecycle.prevent_destroy is set, remove that for one apply, then add it again.`,
  );

const tooManyTags = (count: number): Issue => ({
  path: ["tags"],
  summary: "Too many tags",
  detail: `\`tags\` and the provider's \`default_tags\` have ${count} tags together. An image can have ${USER_TAGS} tags besides this provider's own. Remove ${count - USER_TAGS}.`,
});

/** The key that the apply uses: the planned one or, now that everything is known, the derived one. */
export function plannedStartKey(kind: StartKind, planned: ValueObject): string {
  return text(planned["start_key"]) ?? (deriveStartKey(kind, planned) as string);
}
