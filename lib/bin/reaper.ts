import { reapCommand } from "../cli/commands/reap";
import { handleTimer, type FunctionContext } from "../reaper/handle-timer";

/** The function that Function Compute calls. It only passes the timer's event to `imagetask reap`, whose output goes to the function's log. */
export function handler(event: Buffer, context: FunctionContext): Promise<string> {
  const print = (line: string): void => console.log(line);
  return handleTimer(event, context, {
    env: process.env,
    print,
    reap: async (flags, env) => {
      const { exitCode, text } = await reapCommand.run(flags, {
        print,
        complain: (line) => console.error(line),
        isTerminal: false,
        env,
        home: "/tmp",
        platform: process.platform,
        stopped: new Promise(() => undefined),
        unread: new Promise(() => undefined),
      });
      if (text !== undefined) print(text);
      return exitCode;
    },
  });
}
