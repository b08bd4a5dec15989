import { CHECKS } from "./checks.mjs";

/**
 * Returns the table of checks by client.
 *
 * @param {import("./types.js").Results} results for each client, its judged lines, or why it was skipped
 */
export function table(results) {
  const clients = Object.keys(results);
  const names = [...CHECKS.map((check) => check.name), ...extras(results)];
  const rows = [["check", ...clients], ...names.map((name) => [name, ...clients.map((client) => cell(results[client], name))])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * Returns what was seen, check by check. Clients that saw the same share a line.
 *
 * @param {import("./types.js").Results} results
 */
export function details(results) {
  return [...CHECKS.map((check) => check.name), ...extras(results)]
    .flatMap((name) => {
      /** @type {Map<string, string[]>} */
      const groups = new Map();
      for (const [client, { lines = [] }] of Object.entries(results)) {
        for (const line of lines.filter((each) => each.check === name)) {
          const text = described(line);
          groups.set(text, [...(groups.get(text) ?? []), client]);
        }
      }
      return groups.size === 0 ? [] : [name, ...[...groups].map(([text, clients]) => `  ${clients.join(", ")}: ${text}`)];
    })
    .join("\n");
}

/**
 * Returns the differences from what the emulator assumes, each with the clients that saw it.
 *
 * @param {import("./types.js").Results} results
 */
export function differences(results) {
  /** @type {Map<string, string[]>} */
  const by = new Map();
  for (const [client, { lines = [] }] of Object.entries(results)) {
    for (const line of lines) {
      for (const text of line.differs) by.set(`${line.check}: ${text}`, [...(by.get(`${line.check}: ${text}`) ?? []), client]);
    }
  }
  return [...by].map(([text, clients]) => `differs: ${text} (${clients.join(", ")})`).join("\n");
}

/**
 * @param {import("./types.js").Result} result
 * @param {string} name
 */
function cell(result, name) {
  if (!result.lines) return result.failed ? "FAILED" : "left out";
  const line = result.lines.find((each) => each.check === name);
  return line ? (line.outcome === "failed" ? "FAILED" : line.outcome) : "";
}

/** @param {import("./types.js").Judged} line */
function described({ outcome, seen, expected, differs, measured }) {
  const parts = [seen, expected && `EXPECTED ${expected}`, ...differs.map((text) => `DIFFERS ${text}`), ...measured].filter(Boolean);
  return `${outcome === "skipped" ? "skipped: " : ""}${parts.join("; ")}`;
}

/** @param {import("./types.js").Results} results */
function extras(results) {
  const known = new Set(CHECKS.map((check) => check.name));
  return [...new Set(Object.values(results).flatMap(({ lines = [] }) => lines.map((line) => line.check)))].filter(
    (name) => !known.has(name),
  );
}
