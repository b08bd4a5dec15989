import type { CommandContext } from "../../../lib/cli/command";

export interface TestContext extends CommandContext {
  readonly printed: string[];
  readonly complaints: string[];
  /** Has the effect of Ctrl-C. */
  readonly stop: () => void;
}

/** A context that keeps what is printed. */
export function testContext(overrides: Partial<CommandContext> = {}): TestContext {
  const printed: string[] = [];
  const complaints: string[] = [];
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  return {
    printed,
    complaints,
    stop,
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    isTerminal: false,
    env: {},
    home: "/home/ada",
    platform: "linux",
    stopped,
    unread: new Promise(() => undefined),
    ...overrides,
  };
}
