import type { ListedOperation } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { reach } from "../operations/engine";
import { checkRegionFlags, look, REGION_FLAGS } from "../operations/regions";

const HELP = `Usage: imagetask watch [ID...] [flags]

Waits until operations have ended, and prints a line for each that begins, moves on and ends. Without an ID it waits for everything
that runs. Ctrl-C stops watching and cancels nothing.

Flags:
  --stack STACK       only those of the stack
  --region REGION     look there only; may be given again (default: every region of the account)
  --all-regions       look in every region of the account
  --exit-status       end with 1 if any of them did not finish well
  --help              show this text

Exit codes: 0 all have ended, or it was stopped; 1 error, or with --exit-status one that failed; 2 not understood;
4 some regions could not be asked.`;

const FLAGS = { ...REGION_FLAGS, stack: "value", "exit-status": "switch" } as const;

/** `imagetask watch` */
export const watchCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const { values: flags, rest: ids } = parseArguments(args, FLAGS);
  if (ids.length > 0 && flags.stack !== undefined) throw new UsageError("Ids and --stack exclude each other. Give one of them.");
  checkRegionFlags(flags);
  // The core tells of each look that shows something new.
  const reached = await reach(context, (message, fields) => {
    if (/ is [A-Z]\w*$/.test(message))
      context.print(`${message}${typeof fields?.["progress"] === "number" ? `, ${fields["progress"]}%` : ""}`);
  });
  const { engine, core } = reached;
  const { found, complaints } = await look(reached, flags, context, "all");
  const { operations, unknown } = engine.select(found, { ids, stack: flags.stack });
  if (unknown.length > 0) throw new CommandError(`ECS lists no import, export or copy ${unknown.join(", ")} where it was looked for.`);
  for (const complaint of complaints) context.complain(`imagetask: watch: ${complaint}`);
  const watched = ids.length > 0 ? operations : operations.filter(({ state }) => state === "running");
  if (watched.length === 0) context.print("Nothing is running.");

  const stop = new AbortController();
  const stopped = context.stopped.then(() => stop.abort(new Error("stopped")));
  const ended = Promise.all(watched.map((listed) => untilEnded(listed)));
  const outcome = await Promise.race([ended, stopped]);
  if (!outcome) return { exitCode: 0, text: "Stopped watching; nothing was cancelled." };
  const isFailed = flags["exit-status"] && outcome.includes(false);
  return { exitCode: isFailed ? 1 : complaints.length > 0 ? 4 : 0 };

  /** Whether it finished well. */
  async function untilEnded({ operation, name }: ListedOperation): Promise<boolean> {
    const { assessment } = await core.watcher(operation.region).until(operation, stop.signal);
    const status = assessment.state === "gone" ? "no longer listed by ECS" : assessment.status;
    if (!stop.signal.aborted) context.print(`${engine.describeOperation(operation, name)} has ended: ${status}`);
    return assessment.state === "finished";
  }
}
