/** A table of docs/scale.md: the first column as it is, numbers to the right. */
export function toMarkdown({ columns, rows }) {
  const titles = columns.map(([title]) => title);
  const ruler = columns.map((_, i) => (i === 0 ? "---" : "---:"));
  const cells = rows.map((row) => columns.map(([, cell]) => String(cell(row))));
  return [titles, ruler, ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}
