import type { IConstruct } from "constructs";
import { shown } from "../contract/rules/finding";
import { nearest } from "../contract/rules/nearest";
import { ImageTaskValidationError } from "./errors";

/** What a RAM policy is made from. */
interface PolicyInput {
  /** The operations to permit. */
  readonly operations: readonly string[];
  /** The operations that exist. */
  readonly allowed: readonly string[];
  /** The scope that contains the operations; null if the caller names them. */
  readonly scope: IConstruct | null;
  readonly regions?: readonly string[];
  /** Either half may be missing: nothing checks the types of JavaScript, or of `process.env.TEAM!`. */
  readonly tenant?: { readonly tagKey?: string; readonly tagValue?: string };
}

/**
 * Rejects what would give a policy that permits nothing: a scope without image tasks, an empty list of regions, a blank tag.
 *
 * @throws ImageTaskValidationError with all errors
 */
export function checkPolicy(input: PolicyInput): void {
  const issues = [...operationFaults(input), ...regionFaults(input), ...tenantFaults(input)];
  if (issues.length > 0) throw new ImageTaskValidationError(input.scope?.node.path || "imageTaskPolicy", issues);
}

type Issues = ImageTaskValidationError["issues"];

function operationFaults({ operations, allowed, scope }: PolicyInput): Issues {
  if (scope !== null && operations.length === 0) {
    const detail = `The scope ${shown(scope.node.path)} contains no import, export or copy and no data source of tasks. Create the policy after the constructs that it is for.`;
    return [{ path: [], summary: "Empty policy", detail }];
  }
  return operations
    .filter((operation) => !allowed.includes(operation))
    .map((operation) => {
      const near = nearest(operation, allowed);
      const way = near === null ? `Allowed: ${allowed.join(", ")}.` : `Did you mean "${near}"?`;
      return { path: ["operations"], summary: "Unknown operation", detail: `${shown(operation)} is not an operation. ${way}` };
    });
}

function regionFaults({ regions }: PolicyInput): Issues {
  if (regions === undefined || (regions.length > 0 && !regions.includes(""))) return [];
  const given = regions.length === 0 ? "is empty" : "contains an empty string";
  return [
    { path: ["regions"], summary: "Invalid regions", detail: `\`regions\` ${given}. Name at least one region, or omit \`regions\`.` },
  ];
}

function tenantFaults({ tenant }: PolicyInput): Issues {
  if (tenant === undefined) return [];
  const { tagKey = "", tagValue = "" } = tenant;
  if (tagKey.trim() && tagValue.trim()) return [];
  const detail = `tagKey is ${shown(tagKey)} and tagValue is ${shown(tagValue)}. Give the key and the value of the tag that the tenant's images have.`;
  return [{ path: ["tenant"], summary: "Invalid tenant", detail }];
}
