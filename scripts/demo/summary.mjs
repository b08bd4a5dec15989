/** @typedef {import("./stage.mjs").Result} Result */

/**
 * A row for each scene, and the total.
 *
 * @param {readonly Result[]} results
 */
export function summaryTable(results) {
  const total = results.reduce(add, { title: "All scenes", started: 0, finished: 0, cancelled: 0, running: 0, failures: [] });
  const head = ["", "tasks started", "finished", "cancelled", "left running", ""];
  const rows = [...results, total].map(({ title, started, finished, cancelled, running, failures }) =>
    [title, started, finished, cancelled, running, failures.length === 0 ? "as expected" : "NOT AS EXPECTED"].map(String),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  /** @param {readonly string[]} row */
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd();
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(head), rule, ...rows.slice(0, -1).map(line), rule, ...rows.slice(-1).map(line)];
}

/**
 * @param {Result} sum
 * @param {Result} result
 * @returns {Result}
 */
function add(sum, result) {
  return {
    title: sum.title,
    started: sum.started + result.started,
    finished: sum.finished + result.finished,
    cancelled: sum.cancelled + result.cancelled,
    running: sum.running + result.running,
    failures: [...sum.failures, ...result.failures],
  };
}
