import type { ListedOperation } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { reach } from "../operations/engine";
import { checkRegionFlags, look, REGION_FLAGS, where } from "../operations/regions";

const HELP = `Usage: imagetask watch [ID...] [flags]

Waits until operations have ended, and prints a line whenever one makes progress or ends. Without an ID, it waits for all running
operations. Ctrl-C stops watching and cancels nothing.

Flags:
  --stack STACK       watch only operations of this stack
  --region REGION     search only this region; repeatable (default: all regions of the account)
  --all-regions       search all regions of the account
  --exit-status       exit with 1 if an operation did not finish successfully
  --help              show this text

Exit codes: 0 all have ended, or Ctrl-C; 1 error, or with --exit-status an operation that did not succeed; 2 invalid arguments;
4 some regions did not answer.`;

const FLAGS = { ...REGION_FLAGS, stack: "value", "exit-status": "switch" } as const;

/** `imagetask watch` */
export const watchCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const { values: flags, rest: ids } = parseArguments(args, FLAGS);
  if (ids.length > 0 && flags.stack !== undefined) throw new UsageError("Ids and --stack can't be used together. Give only one of them.");
  checkRegionFlags(flags);
  // The core logs each observation that shows something new.
  const reached = await reach(context, (message, fields) => {
    if (/ is [A-Z]\w*$/.test(message))
      context.print(`${message}${typeof fields?.["progress"] === "number" ? `, ${fields["progress"]}%` : ""}`);
  });
  const { engine, core } = reached;
  const { found, regions, complaints } = await look(reached, flags, context, "all");
  const { operations, unknown } = engine.select(found, { ids, stack: flags.stack });
  if (unknown.length > 0) throw new CommandError(`ECS lists no import, export or copy ${unknown.join(", ")} in ${where(regions)}.`);
  for (const complaint of complaints) context.complain(`imagetask: watch: ${complaint}`);
  const watched = ids.length > 0 ? operations : operations.filter(({ state }) => state === "running");
  if (watched.length === 0) context.print(`No operation is running in ${where(regions)}.`);

  const stop = new AbortController();
  const stopped = context.stopped.then(() => stop.abort(new Error("stopped")));
  const ended = Promise.all(watched.map((listed) => untilEnded(listed)));
  const outcome = await Promise.race([ended, stopped]);
  if (!outcome) return { exitCode: 0, text: "Stopped watching. Nothing was cancelled." };
  const isFailed = flags["exit-status"] && outcome.includes(false);
  return { exitCode: isFailed ? 1 : complaints.length > 0 ? 4 : 0 };

  /** Whether it succeeded. */
  async function untilEnded({ operation, name }: ListedOperation): Promise<boolean> {
    const { assessment } = await core.watcher(operation.region).until(operation, stop.signal);
    const status = assessment.state === "gone" ? "no longer listed by ECS" : assessment.status;
    if (!stop.signal.aborted) context.print(`${engine.describeOperation(operation, name)} has ended: ${status}`);
    return assessment.state === "finished";
  }
}
