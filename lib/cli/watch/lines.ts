import type * as Engine from "../../operations";
import type { ListedOperation } from "../../operations";
import type { CommandContext } from "../command";
import { startKnownTo } from "../operations/listed";
import type { WatchView } from "./view";

/** Prints a line for each change: for files, pipes and the logs of CI systems. */
export function lines(engine: typeof Engine, { print, complain }: Pick<CommandContext, "print" | "complain">): WatchView {
  const steps = new Map<ListedOperation, Engine.ProgressSteps>();
  const stepsOf = (listed: ListedOperation): Engine.ProgressSteps => {
    const known = steps.get(listed) ?? new engine.ProgressSteps();
    steps.set(listed, known);
    return known;
  };
  return {
    progress: (listed, progress) => {
      if (stepsOf(listed).isWorthALine(progress))
        print(`${describe(engine, listed)}: ${engine.progressText(progress, startKnownTo(listed.startedAt))}`);
    },
    ended: (listed, { status }) => print(`${describe(engine, listed)} has ended: ${status}`),
    lost: (listed, reason) => complain(`imagetask: watch: ${lostLine(engine, listed, reason)}`),
    note: complain,
    close: () => undefined,
  };
}

export const describe = (engine: typeof Engine, { operation, name }: ListedOperation): string => engine.describeOperation(operation, name);

export const lostLine = (engine: typeof Engine, listed: ListedOperation, reason: string): string =>
  `${describe(engine, listed)} can no longer be watched, and may still run: ${reason}`;
