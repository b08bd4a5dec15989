import { existsSync, readFileSync } from "node:fs";

/**
 * A line of a sweep: one case and its result. Only a kill has `moment` and `victim`. A fault took `minutes`, a slow answer `took`
 * seconds.
 *
 * @typedef {object} SweepRecord
 * @property {string} scenario
 * @property {string} action
 * @property {string} ending
 * @property {readonly string[]} findings Descriptions of what was wrong.
 * @property {string} moment
 * @property {string} victim
 * @property {number} minutes
 * @property {number} took
 */

/**
 * Reads the lines that a sweep recorded; none if it did not run.
 *
 * @param {string} file
 * @returns {SweepRecord[]}
 */
export function readRecords(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/**
 * The tables of kills and faults in docs/sweeps.md.
 *
 * @param {{ crash: SweepRecord[], faults: SweepRecord[] }} records
 * @param {string} share which cases were run
 */
export function tables({ crash, faults }, share) {
  return [
    `Run of ${new Date().toISOString().slice(0, 10)}, ${share}: ${crash.length} kills, ${faults.length} faults.`,
    ...(crash.length > 0
      ? ["### Kills: scenario × moment", crashTable(crash, ({ scenario, moment }) => [scenario, MOMENTS[moment]], ["Scenario", "Killed"])]
      : []),
    ...(crash.length > 0
      ? ["### Kills: call × who died", crashTable(crash, ({ action, victim }) => [action, VICTIMS[victim]], ["Call", "Killed"])]
      : []),
    ...(faults.length > 0 ? ["### Faults: scenario × call", faultTable(faults)] : []),
    "",
  ].join("\n\n");
}

/**
 * The table of slow answers in docs/sweeps.md.
 *
 * @param {SweepRecord[]} records
 * @param {string} share which cases were run
 */
export function slowTable(records, share) {
  const rows = grouped(records, ({ scenario, action }) => [scenario, action]).map(([keys, group]) => [
    ...keys,
    group.length,
    ...["success", "error", "gone"].map((ending) => group.filter((record) => record.ending === ending).length || ""),
    group.filter(({ findings }) => findings.length > 0).length,
    Math.max(...group.map(({ took }) => took)),
  ]);
  const heads = ["Scenario", "Slow call", "cases", "success", "clear error", "Terraform gone", "wrong", "longest, s"];
  return [`Run of ${new Date().toISOString().slice(0, 10)}, ${share}: ${records.length} slow answers.`, table(heads, rows), ""].join(
    "\n\n",
  );
}

/** @type {{ [name: string]: string }} */
const MOMENTS = { before: "before the request", effect: "after its effect", answer: "after its answer" };
/** @type {{ [name: string]: string }} */
const VICTIMS = { plugin: "the plugin", terraform: "Terraform", both: "both", everything: "both, and the state is lost" };
const ENDINGS = ["clean", "second try", "not in the state", "not reached"];

/**
 * @param {SweepRecord[]} records
 * @param {KeyOf} keyOf
 * @param {readonly string[]} heads
 */
function crashTable(records, keyOf, heads) {
  const rows = grouped(records, keyOf).map(([keys, group]) => [
    ...keys,
    group.length,
    ...ENDINGS.map((ending) => group.filter((record) => record.ending === ending && record.findings.length === 0).length || ""),
    group.filter(({ findings }) => findings.length > 0).length,
  ]);
  return table([...heads, "cases", ...ENDINGS, "wrong"], rows);
}

/** @param {SweepRecord[]} records */
function faultTable(records) {
  const rows = grouped(records, ({ scenario, action }) => [scenario, action]).map(([keys, group]) => [
    ...keys,
    group.length,
    ...["success", "error"].map((ending) => group.filter((record) => record.ending === ending).length || ""),
    group.filter(({ findings }) => findings.length > 0).length,
    Math.max(...group.map(({ minutes }) => minutes)),
  ]);
  return table(["Scenario", "Call", "cases", "success", "clear error", "wrong", "longest, min"], rows);
}

/**
 * @callback KeyOf Returns the row that counts the record.
 * @param {SweepRecord} record
 * @returns {[string, string]}
 */

/**
 * Groups the records by row. Scenarios, moments and victims keep their order, calls are sorted by name, whatever the number of processes.
 *
 * @param {SweepRecord[]} records
 * @param {KeyOf} keyOf
 * @returns {[[string, string], SweepRecord[]][]}
 */
function grouped(records, keyOf) {
  const scenarios = [...new Set(records.map(({ scenario }) => scenario))];
  /** @param {[string, string]} keys */
  const rank = ([first, second]) => [scenarios.includes(first) ? String(scenarios.indexOf(first)).padStart(3, "0") : first, rankOf(second)];
  /** @type {Map<string, SweepRecord[]>} */
  const groups = new Map();
  for (const record of records) {
    const key = JSON.stringify(keyOf(record));
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  /** @type {[[string, string], SweepRecord[]][]} */
  const rows = [...groups].map(([key, group]) => [JSON.parse(key), group]);
  return rows.sort(([a], [b]) => (rank(a).join() < rank(b).join() ? -1 : 1));
}

const ORDER = [...Object.values(MOMENTS), ...Object.values(VICTIMS)];
/** @param {string} text */
const rankOf = (text) => (ORDER.includes(text) ? String(ORDER.indexOf(text)) : text);

/** @param {readonly (string | number)[]} cells */
const line = (cells) => `| ${cells.join(" | ")} |`;
/**
 * @param {readonly string[]} heads
 * @param {readonly (string | number)[][]} rows
 */
const table = (heads, rows) => [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
