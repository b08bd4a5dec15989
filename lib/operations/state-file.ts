import type { ListedOperation } from "../handler/operations/list-region";
import { operationKey, parseOperationId } from "../handler/task/operation";

/** The text is not a readable Terraform state. */
export class StateTextError extends Error {
  override readonly name = "StateTextError";
}

/**
 * Whether any of the states records an operation: by its id, or by the id of its task or image anywhere in the state.
 *
 * @param texts state files, or the output of `terraform show -json` or `terraform state pull`
 * @throws StateTextError for a text that is not a state: if it counted as an empty state, everything that it records could be ended
 */
export function inStates(texts: readonly string[]): (listed: ListedOperation) => boolean {
  const held = new Set(texts.flatMap((text) => [...stringsIn(stateOf(text))].map(keyOf)));
  return ({ operation }) =>
    held.has(operationKey(operation)) ||
    (operation.taskId !== null && held.has(operation.taskId)) ||
    (operation.kind !== "export" && operation.imageId !== null && held.has(operation.imageId));
}

function keyOf(text: string): string {
  const operation = parseOperationId(text);
  return operation ? operationKey(operation) : text;
}

function stateOf(text: string): object {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw new StateTextError("it is not JSON");
  }
  if (state === null || typeof state !== "object") throw new StateTextError("it is not a Terraform state");
  if ("encrypted_data" in state) throw new StateTextError('it is encrypted; use the output of "tofu state pull" instead');
  if (!("resources" in state) && !("format_version" in state)) throw new StateTextError("it is not a Terraform state");
  return state;
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) yield* stringsIn(inner);
}
