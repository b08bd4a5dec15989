import { isBlock, type Argument, type ArgumentBlock, type Arguments } from "../../contract/arguments";
import { canonicalEnum } from "../../contract/checks";
import type { Value, ValueObject } from "../../contract/values";
import type { Parameters } from "../task/gateway";
import { number } from "../arguments-of";
import { blocks, bool, text } from "./arguments";

/**
 * The request's parameters, from the table of arguments: every row with a parameter, under ECS's name. Enumerations are spelled as
 * ECS spells them; unset arguments are left to ECS.
 */
export function parametersOf(rows: Arguments, config: ValueObject): Parameters {
  const parameters: { [name: string]: Parameters[string] } = {};
  for (const [name, row] of Object.entries(rows)) {
    if (row.parameter === undefined) continue;
    const value = isBlock(row) ? blockOf(row, config[name]) : valueOf(name, row, config[name]);
    if (value !== undefined) parameters[row.parameter] = value;
  }
  return parameters;
}

/** A list of blocks, or one object if there can be only one block. */
function blockOf({ maxItems, block }: ArgumentBlock, value: Value | undefined): Parameters | readonly Parameters[] | undefined {
  const items = blocks(value).map((item) => parametersOf(block, item));
  return maxItems === 1 ? items[0] : items;
}

function valueOf(name: string, { values }: Argument, value: Value | undefined): string | number | boolean | undefined {
  const given = text(value);
  if (given === undefined) return number(value) ?? bool(value);
  return values === undefined ? given : canonicalEnum(name, given);
}
