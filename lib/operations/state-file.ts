import type { ListedOperation } from "../handler/operations/list-region";
import { operationKey, parseOperationId } from "../handler/task/operation";

/** The text is no Terraform state that can be read. */
export class StateTextError extends Error {
  override readonly name = "StateTextError";
}

/**
 * Whether any of the states holds an operation: by its id, or by its task's or image's id anywhere in it.
 *
 * @param texts state files, or what `terraform show -json` and `terraform state pull` print
 * @throws StateTextError for what is no state: taking it for an empty one would give up everything that it holds
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
  if (state === null || typeof state !== "object") throw new StateTextError("it is no Terraform state");
  if ("encrypted_data" in state) throw new StateTextError('it is encrypted; give what "tofu state pull" prints');
  if (!("resources" in state) && !("format_version" in state)) throw new StateTextError("it is no Terraform state");
  return state;
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) yield* stringsIn(inner);
}
