/**
 * @typedef {import("./run.mjs").Scenario} Scenario
 * @typedef {import("./run.mjs").Figures} Figures
 *
 * @typedef {{ name?: string, scenario: Scenario }} Row A scenario to simulate, and its name if the scenario's numbers are not enough.
 * @typedef {Row & { figures: Figures }} FilledRow
 * @typedef {readonly [title: string, cell: (row: FilledRow) => string | number | undefined]} Column
 */

/**
 * A table of docs/scale.md, with the numbers aligned to the right.
 *
 * @param {{ columns: readonly Column[], rows: readonly FilledRow[] }} table
 */
export function toMarkdown({ columns, rows }) {
  const titles = columns.map(([title]) => title);
  const ruler = columns.map((_, i) => (i === 0 ? "---" : "---:"));
  const cells = rows.map((row) => columns.map(([, cell]) => String(cell(row))));
  return [titles, ruler, ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}
