import { isBlock, type Argument, type Arguments } from "../arguments";
import type { Issue, Path, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText, issueAt, itemsAt, nameOf, valueAt } from "./finding";

/** Checks every argument of a table by itself, in the table's order, those of nested blocks too. */
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

/** Terraform itself tells an argument that is not written; one whose expression gives null it lets pass. */
function missing(path: Path): Issue {
  const name = nameOf(path);
  return issueAt(path, {
    summary: `Missing ${name}`,
    detail: `\`${name}\` is required, and its value is null. Set it; where a variable gives it, give the variable a value.`,
  });
}
