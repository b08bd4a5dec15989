import { parseArgs } from "node:util";
import { nearest } from "../contract/rules/nearest";
import { UsageError } from "./errors";

/** A flag is a switch, takes one value, or is repeatable and takes several. */
export interface Flags {
  readonly [name: string]: "switch" | "value" | "values";
}

export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: FlagValue<F[Name]> };
type FlagValue<Kind> = Kind extends "switch" ? boolean : Kind extends "values" ? readonly string[] : string | undefined;

/**
 * Reads the flags of a command that takes no other arguments. `--name value` and `--name=value` are the same.
 *
 * @throws UsageError that names the invalid argument and the flags that exist
 */
export function parseFlags<F extends Flags>(args: readonly string[], flags: F): FlagValues<F> {
  const { values, rest } = parseArguments(args, flags);
  if (rest.length > 0) throw new UsageError(`Unexpected argument "${rest[0]}". ${listed(flags)}`);
  return values;
}

/** The same for a command that also takes other arguments. */
export function parseArguments<F extends Flags>(
  args: readonly string[],
  flags: F,
): { readonly values: FlagValues<F>; readonly rest: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, kind]) => [
      name,
      { type: kind === "switch" ? ("boolean" as const) : ("string" as const), multiple: kind === "values" },
    ]),
  );
  const { tokens, values, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const kind = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (kind === undefined) throw new UsageError(unknownFlag(token.rawName, flags));
    if (kind === "switch" && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value, but "${token.value}" was given.`);
    if (kind !== "switch" && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName}=VALUE.`);
  }
  const blank = Object.entries(flags).map(([name, kind]) => [name, kind === "switch" ? false : kind === "values" ? [] : undefined]);
  return { values: { ...Object.fromEntries(blank), ...values } as FlagValues<F>, rest: positionals };
}

function unknownFlag(given: string, flags: Flags): string {
  const near = nearest(given, Object.keys(flags));
  return `Unknown flag ${given}.${near === null ? "" : ` Did you mean --${near}?`} ${listed(flags)}`;
}

function listed(flags: Flags): string {
  return `Flags: ${Object.keys(flags)
    .map((name) => `--${name}`)
    .join(", ")}.`;
}
