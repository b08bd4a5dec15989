import { readFileSync } from "node:fs";
import { parseDuration } from "../../contract/rules/duration";
import { messageOf } from "../../contract/thrown";
import type { ReapRules } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseFlags } from "../flags";
import { Audit } from "../operations/audit";
import { endAll } from "../operations/end-all";
import { exitCodeOf } from "../operations/ended";
import { reach, type Reached } from "../operations/engine";
import { knownStacksIn } from "../operations/known-stacks";
import { listedTable } from "../operations/listed";
import { checkRegionFlags, look, REGION_FLAGS } from "../operations/regions";

const HELP = `Usage: imagetask reap [flags]

Finds abandoned imports and copies: operations that run past their deadline, and unusable images that ended ones left. With
--apply, cancels the operations and removes the images; without it, changes nothing. Finished images are never removed. Exports,
and operations that this provider has not tagged, are reported but not touched.

Flags:
  --region REGION      search this region; repeatable (default: ALICLOUD_REGION, or all regions if it is not set)
  --all-regions        search all regions of the account
  --older-than TIME    also treat operations that started longer ago as overdue, whatever their deadline; such as 90m or 48h
                       (default: the deadline in the imagetask:expires tag; 24h for operations without one)
  --known-stacks FILE  skip the operations of these stacks: one name per line, or a JSON list
  --state FILE         skip the operations that this Terraform state records; repeatable
  --apply              cancel the operations and remove the images
  --audit FILE         append a line of JSON for each operation that is cancelled
  --help               show this text

Exit codes: 0 success, or nothing found; 1 error; 2 invalid arguments; 3 something was found, and --apply was not given;
4 some operations were cancelled, others were not.`;

const FLAGS = {
  ...REGION_FLAGS,
  "older-than": "value",
  "known-stacks": "value",
  state: "values",
  apply: "switch",
  audit: "value",
} as const;

/** `imagetask reap` */
export const reapCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  checkRegionFlags(flags);
  const olderThan = durationOf(flags["older-than"]);
  const known = flags["known-stacks"];
  const knownStacks = known === undefined ? undefined : knownStacksIn(textOf("--known-stacks", known), known);
  const states = flags.state.map((file) => ({ file, text: textOf("--state", file) }));

  const reached = await reach(context);
  const { engine, core } = reached;
  const rules: ReapRules = { olderThan, knownStacks, isInState: heldBy(reached, states) };
  const audit = flags.audit === undefined ? null : new Audit(flags.audit, engine);
  const { found, complaints } = await look(reached, flags, context, "environment");
  for (const complaint of complaints) context.complain(`imagetask: reap: ${complaint}`);
  const { toEnd, named } = engine.planReap(found, rules, core.clock.date());
  for (const { listed, reason } of named)
    context.print(`${engine.describeOperation(listed.operation, listed.name)} is skipped: ${reason}.`);
  if (toEnd.length === 0) return { exitCode: complaints.length > 0 ? 4 : 0, text: "Nothing to cancel." };

  const operations = toEnd.map(({ listed }) => listed);
  for (const line of listedTable(operations, core.clock.date(), context.columns)) context.print(line);
  if (!flags.apply)
    return {
      exitCode: 3,
      text: `Nothing was changed. To cancel ${toEnd.length === 1 ? "this operation" : `these ${toEnd.length} operations`}, add --apply.`,
    };
  const reasons = new Map(toEnd.map(({ listed, reason }) => [listed, reason]));
  let unwritten = 0;
  const results = await endAll(reached, operations, false, { command: "reap", context }, (result) => {
    const problem = audit?.write(result, reasons.get(result.listed)!, core.clock.date()) ?? null;
    if (problem === null) return;
    unwritten++;
    context.complain(`imagetask: reap: --audit: ${problem}`);
  });
  return { exitCode: exitCodeOf(results, complaints.length + unwritten) };
}

function durationOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration === null)
    throw new UsageError(`--older-than is "${text}". Allowed: a number with a unit, such as 0s, 90m or 1h30m (units: h, m, s, ms).`);
  return duration;
}

function textOf(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`${flag}: ${messageOf(error)}`, { cause: error });
  }
}

function heldBy({ engine }: Reached, states: readonly { readonly file: string; readonly text: string }[]): ReapRules["isInState"] {
  const tests = states.map(({ file, text }) => {
    try {
      return engine.inStates([text]);
    } catch (error) {
      if (error instanceof engine.StateTextError)
        throw new CommandError(`--state: ${file}: ${error.message}. Nothing was changed.`, { cause: error });
      throw error;
    }
  });
  return (listed) => tests.some((isHeld) => isHeld(listed));
}
