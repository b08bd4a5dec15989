import { operationKey, parseOperationId, type OperationKind } from "../task/operation";
import { runName } from "./attribution";
import type { ListedOperation } from "./list-region";

export const STATUSES = ["running", "ended", "all"] as const;

/** Which operations to select: those that match every criterion that is given. */
export interface Selection {
  /** ECS's ids of tasks (`t-…`) or images (`m-…`), or ids of operations as the Terraform state records them. */
  readonly ids?: readonly string[];
  readonly kind?: OperationKind;
  /** `ended` includes operations that left an image that will never be usable. */
  readonly status?: (typeof STATUSES)[number];
  readonly stack?: string;
  readonly run?: string;
  /** A glob: `*` matches any text, `?` one character. */
  readonly startKey?: string;
}

export interface Selected {
  readonly operations: readonly ListedOperation[];
  /** The ids that match none of the operations found. */
  readonly unknown: readonly string[];
}

export function select(found: readonly ListedOperation[], { ids = [], kind, status = "all", stack, run, startKey }: Selection): Selected {
  const fits = (listed: ListedOperation): boolean =>
    (ids.length === 0 || ids.some((id) => isNamedBy(listed, id))) &&
    (kind === undefined || listed.operation.kind === kind) &&
    (status === "all" || (listed.state === "running") === (status === "running")) &&
    (stack === undefined || listed.stack === stack) &&
    (run === undefined || listed.run === runName(run)) &&
    (startKey === undefined || matches(startKey, listed.startKey));
  return {
    operations: found.filter(fits),
    unknown: ids.filter((id) => !found.some((listed) => isNamedBy(listed, id))),
  };
}

/** The id of an image names the import or copy that creates it. An export only reads its image, so only its task's id names it. */
function isNamedBy({ operation }: ListedOperation, id: string): boolean {
  const named = parseOperationId(id);
  if (named) return named.kind === operation.kind && operationKey(named) === operationKey(operation);
  return operation.taskId === id || (operation.kind !== "export" && operation.imageId === id);
}

function matches(glob: string, text: string | null): boolean {
  if (text === null) return false;
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "s").test(text);
}
