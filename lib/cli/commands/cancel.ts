import type { ListedOperation } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { reach } from "../operations/engine";
import { endAll } from "../operations/end-all";
import { exitCodeOf } from "../operations/ended";
import { listedTable } from "../operations/listed";
import { checkIds, exportsOfImage } from "../operations/ids";
import { checkRegionFlags, look, REGION_FLAGS, where } from "../operations/regions";

const HELP = `Usage: imagetask cancel ID... [flags]
       imagetask cancel --stack STACK [flags]
       imagetask cancel --run RUN [flags]

Cancels running operations, as "terraform destroy" does: cancels each one, waits until it has ended, and removes the unfinished
image that it leaves. An image that is finished by then is kept. The command lists what it will cancel and asks for confirmation.
ID is the id of a task (t-...), of an image (m-...), or of an operation as the Terraform state records it.

Flags:
  --stack STACK       cancel all running operations of the stack, and remove the unusable images that ended ones left
  --run RUN           the same for a CI run: the value of IMAGETASK_RUN, or the run's id in GitHub Actions, GitLab CI,
                      Jenkins or HCP Terraform
  --region REGION     search only this region; repeatable (default: all regions of the account)
  --all-regions       search all regions of the account
  --keep-image        keep the unfinished images of cancelled imports and copies
  --force             also cancel operations that this provider has not tagged
  --yes               do not ask for confirmation
  --help              show this text

Exit codes: 0 success, or nothing to cancel; 1 error; 2 invalid arguments; 4 some operations were cancelled, others were not.`;

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
  if (ways === 0) throw new UsageError("Nothing says what to cancel. Give ids, --stack or --run.");
  if (ways > 1) throw new UsageError("Ids, --stack and --run can't be used together. Give only one of them.");
  if (flags.stack === "" || flags.run === "")
    throw new UsageError(
      `--${flags.stack === "" ? "stack" : "run"} is empty. Give the name of a ${flags.stack === "" ? "stack" : "CI run"}.`,
    );
  checkRegionFlags(flags);
  checkIds(ids);
  if (!flags.yes && !context.ask)
    throw new UsageError("There is no terminal to ask for confirmation. Give --yes to cancel without confirmation.");

  const reached = await reach(context);
  const { engine, core } = reached;
  const { found, regions, complaints } = await look(reached, flags, context, "all");
  const { operations, unknown } = engine.select(found, { ids, stack: flags.stack, run: flags.run });
  const open = operations.filter(({ state }) => state === "running" || (state === "leftover" && !flags["keep-image"]));
  const over = ids.length > 0 ? operations.filter((listed) => !open.includes(listed)) : [];
  const refused = flags.force ? [] : open.filter(({ isOurs }) => !isOurs);
  const toEnd = open.filter((listed) => !refused.includes(listed));

  for (const complaint of complaints) context.complain(`imagetask: cancel: ${complaint}`);
  for (const id of unknown)
    context.complain(
      `imagetask: cancel: ${exportsOfImage("cancel", id, found) ?? `ECS lists no import, export or copy ${id} in ${where(regions)}.`}`,
    );
  for (const { operation, name } of refused)
    context.complain(
      `imagetask: cancel: ${engine.describeOperation(operation, name)} was not cancelled: it has no tag of this provider, so someone else may have started it. Give --force to cancel it anyway.`,
    );
  for (const { operation, name, status } of over) {
    context.print(`${engine.describeOperation(operation, name)} has already ended (${status}): nothing to cancel.`);
    const hint = ids.includes(operation.imageId ?? "") ? exportsOfImage("cancel", operation.imageId!, found) : null;
    if (hint !== null) context.print(hint);
  }
  const failed = complaints.length + unknown.length + refused.length;
  if (toEnd.length === 0) {
    const isPartly = over.length > 0 || failed === complaints.length;
    if (isPartly && over.length === 0)
      context.print(failed === 0 ? "Nothing to cancel." : "Nothing to cancel in the regions that answered.");
    return { exitCode: failed === 0 ? 0 : isPartly ? 4 : 1 };
  }
  if (!flags.yes && !(await isConfirmed(toEnd, context, core.clock.date()))) return { exitCode: 1, text: "Nothing was cancelled." };
  const results = await endAll(reached, toEnd, flags["keep-image"], { command: "cancel", context });
  return { exitCode: exitCodeOf(results, failed) };
}

async function isConfirmed(toEnd: readonly ListedOperation[], context: CommandContext, now: number): Promise<boolean> {
  for (const line of listedTable(toEnd, now, context.columns)) context.print(line);
  if (!context.ask) throw new CommandError("there is no terminal to ask for confirmation.");
  const answer = await context.ask(
    `Cancel ${toEnd.length === 1 ? "this operation" : `these ${toEnd.length} operations`}? Enter "yes" to confirm: `,
  );
  return answer.trim().toLowerCase() === "yes";
}
