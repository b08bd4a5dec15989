import { emulatorCommand } from "../../../lib/cli/commands/emulator";
import type { CommandResult } from "../../../lib/cli/command";
import { until } from "../../support/waiting/until";
import { type TestContext, testContext } from "./context";

export interface Running {
  readonly context: TestContext;
  readonly url: string;
  readonly end: () => Promise<CommandResult>;
}

/** Starts the emulator on a free port and waits for what it prints first. */
export async function start(args: readonly string[], overrides: Partial<TestContext> = {}): Promise<Running> {
  const context = testContext(overrides);
  let ended = false;
  const result = emulatorCommand.run(["--port", "0", ...args], context).finally(() => (ended = true));
  await Promise.race([result, until("the emulator to listen", () => ended || context.printed.includes("Press Ctrl-C to stop it."))]);
  const url = /https?:\S+/.exec(context.printed[0]!)![0];
  const end = (): Promise<CommandResult> => {
    context.stop();
    return result;
  };
  return { context, url, end };
}
