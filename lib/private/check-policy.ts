import type { IConstruct } from "constructs";
import { shown } from "../contract/rules/finding";
import { nearest } from "../contract/rules/nearest";
import { ImageTaskValidationError } from "./errors";

/** What a RAM policy is written from. */
interface PolicyInput {
  /** The operations that are named. */
  readonly operations: readonly string[];
  /** Those that there are. */
  readonly allowed: readonly string[];
  /** The scope whose constructs name them; null: the caller does. */
  readonly scope: IConstruct | null;
  readonly regions?: readonly string[];
  readonly tenant?: { readonly tagKey: string; readonly tagValue: string };
}

/**
 * A policy of a scope that holds nothing yet, or one with an empty list, permits nothing, and an empty tag matches nothing.
 *
 * @throws ImageTaskValidationError if the policy would be such a one
 */
export function checkPolicy(input: PolicyInput): void {
  const issues = [...operationFaults(input), ...regionFaults(input), ...tenantFaults(input)];
  if (issues.length > 0) throw new ImageTaskValidationError(input.scope?.node.path || "imageTaskPolicy", issues);
}

type Issues = ImageTaskValidationError["issues"];

function operationFaults({ operations, allowed, scope }: PolicyInput): Issues {
  if (scope !== null && operations.length === 0) {
    const detail = `The scope ${shown(scope.node.path)} holds no import, export or copy and no data source of tasks. Write the policy after the constructs that it is for.`;
    return [{ path: [], summary: "Empty policy", detail }];
  }
  return operations
    .filter((operation) => !allowed.includes(operation))
    .map((operation) => {
      const near = nearest(operation, allowed);
      const way = near === null ? `Allowed: ${allowed.join(", ")}.` : `Did you mean "${near}"?`;
      return { path: ["operations"], summary: "Unknown operation", detail: `${shown(operation)} is no operation. ${way}` };
    });
}

function regionFaults({ regions }: PolicyInput): Issues {
  if (regions === undefined || (regions.length > 0 && !regions.includes(""))) return [];
  const given = regions.length === 0 ? "an empty list" : "a list with an empty text in it";
  return [{ path: ["regions"], summary: "Invalid regions", detail: `\`regions\` is ${given}. Name a region, or leave \`regions\` out.` }];
}

function tenantFaults({ tenant }: PolicyInput): Issues {
  if (tenant === undefined || (tenant.tagKey.trim() && tenant.tagValue.trim())) return [];
  const { tagKey, tagValue } = tenant;
  const detail = `tagKey is ${shown(tagKey)} and tagValue is ${shown(tagValue)}. Give the key and the value of the tag that the tenant's images bear.`;
  return [{ path: ["tenant"], summary: "Invalid tenant", detail }];
}
