import type { EndResult, ListedOperation } from "../../operations";
import type { CommandContext } from "../command";
import { endedLine } from "./ended";
import type { Reached } from "./engine";

/**
 * Ends operations and prints a line for each. The first Ctrl-C only prints that the command continues, so that the user learns how each
 * operation ended. The second ends the process.
 */
export function endAll(
  { engine, core }: Reached,
  operations: readonly ListedOperation[],
  keepImage: boolean,
  { command, context }: { readonly command: string; readonly context: CommandContext },
  onEnded: (result: EndResult) => void = () => undefined,
): Promise<readonly EndResult[]> {
  void context.stopped.then(() =>
    context.complain(
      `imagetask: ${command}: Still cancelling. To stop now, press Ctrl-C again; then run the same command again to see what is left.`,
    ),
  );
  return engine.endOperations(core, operations, keepImage, (result) => {
    context.print(endedLine(engine, result));
    onEnded(result);
  });
}
