import type { Context } from "../handler/context";
import { unmarkExport } from "../handler/operations/marks";
import type { ListedOperation } from "../handler/operations/list-region";
import { CANCELLED_WITHIN } from "../handler/task/ecs-timing";
import type { Ended } from "../handler/task/end/end-operation";

/** The result of ending one operation. */
export type EndResult =
  | { readonly listed: ListedOperation; readonly ended: Ended }
  /** The operation may still be running; the error says whether it is. */
  | { readonly listed: ListedOperation; readonly error: unknown };

/**
 * Ends operations as a destroy does: cancels each operation that ECS still shows as listed, waits until it has ended, and removes an
 * image that will never be usable. Keeps an image that has finished by then.
 *
 * @param onEnded called with each result as soon as it is known
 */
export async function endOperations(
  context: Context,
  operations: readonly ListedOperation[],
  keepImage: boolean,
  onEnded: (result: EndResult) => void,
): Promise<readonly EndResult[]> {
  const until = context.clock.now() + CANCELLED_WITHIN;
  const end = async (listed: ListedOperation): Promise<EndResult> => {
    try {
      const remove = keepImage ? "none" : "leftover";
      const ended = await context.end(listed.operation, { until, remove, trusted: false });
      await unmarkExport(context, listed.operation);
      return { listed, ended };
    } catch (error) {
      return { listed, error };
    }
  };
  return Promise.all(
    operations.map(async (listed) => {
      const result = await end(listed);
      onEnded(result);
      return result;
    }),
  );
}
