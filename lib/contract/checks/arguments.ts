import { isBlock, type Argument, type Arguments } from "../arguments";
import type { Issue, Path, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText, issueAt, itemsAt, nameOf, valueAt } from "../rules/finding";

/** Checks each argument of a table by itself, including those of nested blocks, in the table's order. */
export function checkArguments(rows: Arguments, config: ValueObject, at: Path = []): Issue[] {
  return Object.entries(rows).flatMap(([name, row]) => {
    const path = [...at, name];
    if (!isBlock(row)) return checkArgument(row, config, path);
    const items = row.nesting === "list" ? itemsAt(config, path).map((_, index) => [...path, index]) : [path];
    return [...(row.check?.(config, path) ?? []), ...items.flatMap((item) => checkArguments(row.block, config, item))];
  });
}

function checkArgument(row: Argument, config: ValueObject, path: Path): readonly Issue[] {
  if (row.required && valueAt(config, path) === null) return [missing(path)];
  return row.values === undefined ? (row.check?.(config, path) ?? []) : checkText(config, path, checkEnum);
}

/** Terraform itself reports a missing argument, but accepts an expression that is null. */
function missing(path: Path): Issue {
  const name = nameOf(path);
  return issueAt(path, {
    summary: `Missing ${name}`,
    detail: `\`${name}\` is required, but its value is null. Set it; if it comes from a variable, give the variable a value.`,
  });
}
