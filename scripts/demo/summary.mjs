/** One row for each scene, and the sum. */
export function summaryTable(results) {
  const total = results.reduce((sum, result) => ({ title: "All scenes", ...add(sum, result) }), {
    started: 0,
    finished: 0,
    cancelled: 0,
    running: 0,
    failures: [],
  });
  const head = ["", "tasks started", "finished", "cancelled", "left running", ""];
  const rows = [...results, total].map(({ title, started, finished, cancelled, running, failures }) =>
    [title, started, finished, cancelled, running, failures.length === 0 ? "as told" : "NOT AS TOLD"].map(String),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd();
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(head), rule, ...rows.slice(0, -1).map(line), rule, line(rows.at(-1))];
}

function add(sum, result) {
  return {
    started: sum.started + result.started,
    finished: sum.finished + result.finished,
    cancelled: sum.cancelled + result.cancelled,
    running: sum.running + result.running,
    failures: [...sum.failures, ...result.failures],
  };
}
