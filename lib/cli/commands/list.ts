import type { Command, CommandContext, CommandResult } from "../command";
import { UsageError } from "../errors";
import { parseFlags } from "../flags";
import { reach } from "../operations/engine";
import { listedJson, listedTable } from "../operations/listed";
import { checkRegionFlags, look, REGION_FLAGS, where } from "../operations/regions";

const HELP = `Usage: imagetask list [flags]

Lists imports, exports and copies: all import and export tasks that ECS lists, and the copies that this provider started.
Credentials and endpoints come from the same environment variables as the provider's (ALICLOUD_ACCESS_KEY, ALICLOUD_PROFILE,
ECS_ENDPOINT, ...).

Flags:
  --region REGION     search this region; repeatable (default: ALICLOUD_REGION, or all regions if it is not set)
  --all-regions       search all regions of the account
  --status STATUS     running, ended or all (default running)
  --stack STACK       list only operations of this stack
  --start-key GLOB    list only operations whose start_key matches; * matches any text, ? one character
  --output FORMAT     table, json or jsonl (default table)
  --help              show this text

An operation that runs past the deadline in its imagetask:expires tag is marked "overdue".
Exit codes: 0 success; 1 error; 2 invalid arguments; 4 some regions did not answer.`;

const FLAGS = { ...REGION_FLAGS, status: "value", stack: "value", "start-key": "value", output: "value" } as const;

/** `imagetask list` */
export const listCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  const status = oneOf("--status", flags.status ?? "running", ["running", "ended", "all"]);
  const output = oneOf("--output", flags.output ?? "table", ["table", "json", "jsonl"]);
  checkRegionFlags(flags);
  const reached = await reach(context);
  const { found, regions, complaints } = await look(reached, flags, context, "environment");
  for (const complaint of complaints) context.complain(`imagetask: list: ${complaint}`);
  const { operations: shown } = reached.engine.select(found, { status, stack: flags.stack, startKey: flags["start-key"] });
  const exitCode = complaints.length > 0 ? 4 : 0;
  if (output === "json") return { exitCode, text: JSON.stringify({ tasks: shown.map(listedJson) }, null, 2) };
  if (output === "jsonl") {
    for (const listed of shown) context.print(JSON.stringify(listedJson(listed)));
    return { exitCode };
  }
  if (shown.length === 0) return { exitCode, text: `${NOTHING[status]} in ${where(regions)}.` };
  for (const line of listedTable(shown, reached.core.clock.date(), context.columns)) context.print(line);
  return { exitCode };
}

const NOTHING = {
  running: "No operation is running",
  ended: "ECS lists no operation that has ended",
  all: "ECS lists no operation",
};

export function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${flag} is "${value}". Allowed: ${allowed.join(", ")}.`);
  return found;
}
