import type { Context } from "../../../lib/handler/context";
import { complete } from "../../../lib/handler/task/end/complete";
import type { Operation } from "../../../lib/handler/task/operation";

/** A timeout of two hours, and a cancel on timeout and on interrupt. */
export const ways = { timeout: 2 * 3_600_000, timeoutText: "2h", onTimeout: "cancel", onInterrupt: "cancel" } as const;

/** Waits for an operation as its completion does. */
export function waitFor(context: Context, operation: Operation, over: Partial<Parameters<typeof complete>[2]> = {}) {
  const { run, clock, gateway, random } = context;
  return run.track(
    complete(
      operation,
      { run, clock, gateway, random, describe: context.imageNames.describe, watcher: context.watcher(operation.region) },
      { ...ways, ...over },
    ),
  );
}
