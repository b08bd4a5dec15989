import type { EndResult, ListedOperation } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { reach } from "../operations/engine";
import { endedLine, exitCodeOf } from "../operations/ended";
import { listedTable } from "../operations/listed";
import { checkRegionFlags, look, REGION_FLAGS } from "../operations/regions";

const HELP = `Usage: imagetask cancel ID... [flags]
       imagetask cancel --stack STACK [flags]
       imagetask cancel --run RUN [flags]

Ends operations as "terraform destroy" does: cancels what runs, waits for its end, and removes the image that it leaves
unfinished. An image that was finished meanwhile stays. It shows what it is about to end, and asks.
An ID is a task's (t-...), an image's (m-...), or an operation's as the Terraform state holds it.

Flags:
  --stack STACK       everything of the stack that runs, or that left an image that will never be usable
  --run RUN           the same for a CI run: what IMAGETASK_RUN was, or the run's id in GitHub Actions, GitLab CI, Jenkins, HCP
  --region REGION     look there only; may be given again (default: every region of the account)
  --all-regions       look in every region of the account
  --keep-image        leave the image that a cancelled import or copy leaves
  --force             end what has no tag of this provider's, too
  --yes               do not ask
  --help              show this text

Exit codes: 0 done, or nothing to do; 1 error; 2 not understood; 4 some were ended and some were not.`;

const FLAGS = {
  ...REGION_FLAGS,
  stack: "value",
  run: "value",
  "keep-image": "switch",
  force: "switch",
  yes: "switch",
} as const;

/** `imagetask cancel` */
export const cancelCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const { values: flags, rest: ids } = parseArguments(args, FLAGS);
  const ways = [ids.length > 0, flags.stack !== undefined, flags.run !== undefined].filter(Boolean).length;
  if (ways === 0) throw new UsageError("It is not said what to cancel. Give ids, --stack or --run.");
  if (ways > 1) throw new UsageError("Ids, --stack and --run exclude each other. Give one of them.");
  if (flags.stack === "" || flags.run === "")
    throw new UsageError(`--${flags.stack === "" ? "stack" : "run"} is empty, which would name nothing. Give its value.`);
  checkRegionFlags(flags);
  if (!flags.yes && !context.ask) throw new UsageError("There is no terminal to ask on. Give --yes to cancel without being asked.");

  const reached = await reach(context);
  const { engine, core } = reached;
  const { found, complaints } = await look(reached, flags, context, "all");
  const { operations, unknown } = engine.select(found, { ids, stack: flags.stack, run: flags.run });
  const open = operations.filter(({ state }) => state === "running" || (state === "leftover" && !flags["keep-image"]));
  const over = ids.length > 0 ? operations.filter((listed) => !open.includes(listed)) : [];
  const refused = flags.force ? [] : open.filter(({ isOurs }) => !isOurs);
  const toEnd = open.filter((listed) => !refused.includes(listed));

  for (const complaint of complaints) context.complain(`imagetask: cancel: ${complaint}`);
  for (const id of unknown) context.complain(`imagetask: cancel: ECS lists no import, export or copy ${id} where it was looked for.`);
  for (const { operation, name } of refused)
    context.complain(
      `imagetask: cancel: ${engine.describeOperation(operation, name)} has no tag of this provider's, so somebody else may have started it. Give --force to end it all the same.`,
    );
  for (const { operation, name, status } of over)
    context.print(`${engine.describeOperation(operation, name)} has ended (${status}): nothing to cancel.`);
  const failed = complaints.length + unknown.length + refused.length;
  if (toEnd.length === 0) {
    if (failed === 0 && over.length === 0) context.print("Nothing to cancel.");
    return { exitCode: failed === 0 ? 0 : over.length > 0 ? 4 : 1 };
  }
  if (!flags.yes && !(await confirmed(toEnd, context, core.clock.date()))) return { exitCode: 1, text: "Nothing was cancelled." };
  const results = await engine.endOperations(core, toEnd, flags["keep-image"], (result: EndResult) =>
    context.print(endedLine(engine, result)),
  );
  return { exitCode: exitCodeOf(results, failed) };
}

async function confirmed(toEnd: readonly ListedOperation[], context: CommandContext, now: number): Promise<boolean> {
  for (const line of listedTable(toEnd, now, context.columns)) context.print(line);
  if (!context.ask) throw new CommandError("there is no terminal to ask on.");
  const answer = await context.ask(`End ${toEnd.length === 1 ? "this operation" : `these ${toEnd.length} operations`}? Only "yes" does: `);
  return answer.trim().toLowerCase() === "yes";
}
