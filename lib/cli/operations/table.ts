import { oneLine } from "../../contract/printable";

/** Lines with aligned columns. Control characters are removed from cells, because anyone may have written names and tags. */
export function table(head: readonly string[], rows: readonly (readonly (string | null)[])[], columns?: number): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null || cell === "" ? "-" : oneLine(cell, 200))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
    return columns !== undefined && line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
  });
}
