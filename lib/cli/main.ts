import { printable } from "../contract/printable";
import { nearest } from "../contract/rules/nearest";
import type { Command, CommandContext } from "./command";
import { CommandError, UsageError } from "./errors";
import { COMMANDS, HELP } from "./commands";

export interface Cli {
  readonly context: CommandContext;
  readonly version: string;
}

/**
 * Runs `imagetask` with these arguments and returns the exit code (see `CommandResult`). Reports an error as one line on
 * stderr.
 */
export async function runCli(args: readonly string[], { context, version }: Cli): Promise<number> {
  const [first, ...rest] = args;
  try {
    if (first === undefined) {
      context.complain(HELP);
      return 2;
    }
    if (first === "--version" || first === "-V") return print(context, `imagetask ${version}`);
    if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) return print(context, HELP);
    const name = first === "help" ? rest[0] : first;
    const command = await load(name);
    if (first === "help" || rest.includes("--help") || rest.includes("-h")) return print(context, command.help);
    return await run(name, command, rest, context);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof CommandError;
    const text = known ? error.message : `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    context.complain(printable(`imagetask: ${text}`));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function load(name: string): Promise<Command> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry) return entry.load();
  const what = name.startsWith("-") ? "flag" : "command";
  const near = nearest(name, what === "flag" ? ["help", "version"] : Object.keys(COMMANDS));
  const hint = near === null ? "" : ` Did you mean ${what === "flag" ? "--" : ""}${near}?`;
  throw new UsageError(
    `Unknown ${what} "${name}".${hint} Commands: ${Object.keys(COMMANDS).join(", ")}. For details, run "imagetask --help".`,
  );
}

async function run(name: string, command: Command, args: readonly string[], context: CommandContext): Promise<number> {
  try {
    const { exitCode, text } = await command.run(args, context);
    if (text !== undefined) context.print(text);
    return exitCode;
  } catch (error) {
    if (error instanceof UsageError)
      throw new UsageError(`${name}: ${error.message} For help, run "imagetask ${name} --help".`, { cause: error });
    if (error instanceof CommandError) throw new CommandError(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function print(context: CommandContext, text: string): number {
  context.print(text);
  return 0;
}
