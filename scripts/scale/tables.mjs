/**
 * @typedef {import("./run.mjs").Scenario} Scenario
 * @typedef {import("./run.mjs").Figures} Figures
 *
 * @typedef {{ name?: string, scenario: Scenario }} Row What is simulated; its name, where the numbers of the scenario do not say it.
 * @typedef {Row & { figures: Figures }} FilledRow
 * @typedef {readonly [title: string, cell: (row: FilledRow) => string | number | undefined]} Column
 */

/**
 * A table of docs/scale.md: the first column as it is, numbers to the right.
 *
 * @param {{ columns: readonly Column[], rows: readonly FilledRow[] }} table
 */
export function toMarkdown({ columns, rows }) {
  const titles = columns.map(([title]) => title);
  const ruler = columns.map((_, i) => (i === 0 ? "---" : "---:"));
  const cells = rows.map((row) => columns.map(([, cell]) => String(cell(row))));
  return [titles, ruler, ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}
