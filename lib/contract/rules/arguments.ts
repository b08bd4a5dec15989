import { isBlock, type Argument, type Arguments } from "../arguments";
import type { Issue, Path, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText, itemsAt } from "./finding";

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
  return row.values === undefined ? (row.check?.(config, path) ?? []) : checkText(config, path, checkEnum);
}
