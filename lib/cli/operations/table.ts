import { oneLine } from "../../contract/printable";
import { cutTo, padTo, widthOf } from "../text-width";

export interface TableOptions {
  /** The width of the terminal; absent if there is none, so that the table shows everything. */
  readonly columns?: number;
  /** The columns to leave out if the terminal is too narrow, the least important first. */
  readonly dispensable: readonly string[];
}

/** Lines with aligned columns. Cells lose their control characters, because anyone may have written names and tags. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  { columns, dispensable }: TableOptions,
): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null || cell === "" ? "-" : oneLine(cell, 200))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column]))));
  const total = (shown: readonly number[]): number => shown.reduce((sum, column) => sum + widths[column], GAP.length * (shown.length - 1));
  let shown = head.map((_, column) => column);
  for (const name of dispensable)
    if (columns !== undefined && total(shown) > columns) shown = shown.filter((column) => head[column] !== name);
  const lines = cells.map((row) => {
    const line = shown
      .map((column) => padTo(row[column], widths[column]))
      .join(GAP)
      .trimEnd();
    return columns === undefined ? line : cutTo(line, columns);
  });
  const left = head.filter((_, column) => !shown.includes(column));
  const note = `(${left.join(", ")}: widen the terminal to see)`;
  return left.length === 0 || rows.length === 0 ? lines : [...lines, cutTo(note, columns ?? Infinity)];
}

const GAP = "  ";
