import type { Context } from "../handler/context";
import type { ListedOperation } from "../handler/operations/list-region";
import type { Ended } from "../handler/task/end/end-operation";

/** What became of one operation that was to be ended. */
export type EndResult =
  | { readonly listed: ListedOperation; readonly ended: Ended }
  /** It may still run: the error says so. */
  | { readonly listed: ListedOperation; readonly error: Error };

/** A cancel that ECS is slow to carry out is waited for so long, in milliseconds. */
const PATIENCE = 10 * 60_000;

/**
 * Ends operations as a destroy does: cancels what runs, if it is what the list says, waits for its end, and removes an image that
 * will never be usable. An image that was finished meanwhile stays.
 *
 * @param onEnded told of each as soon as it is over
 */
export async function endOperations(
  context: Context,
  operations: readonly ListedOperation[],
  keepImage: boolean,
  onEnded: (result: EndResult) => void,
): Promise<readonly EndResult[]> {
  const until = context.clock.now() + PATIENCE;
  const end = async (listed: ListedOperation): Promise<EndResult> => {
    try {
      const remove = keepImage ? "none" : "leftover";
      return { listed, ended: await context.end(listed.operation, { until, remove, trusted: false }) };
    } catch (error) {
      return { listed, error: error as Error };
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
