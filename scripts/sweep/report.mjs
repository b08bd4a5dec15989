import { existsSync, readFileSync } from "node:fs";

/** The lines that a sweep recorded; none when it did not run. */
export function readRecords(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/**
 * The tables of docs/sweeps.md.
 *
 * @param share which cases were run
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

const MOMENTS = { before: "before the request", effect: "after its effect", answer: "after its answer" };
const VICTIMS = { plugin: "the plugin", terraform: "Terraform", both: "both", everything: "both, and the state is lost" };
const ENDINGS = ["clean", "second try", "not in the state", "not reached"];

function crashTable(records, keyOf, heads) {
  const rows = grouped(records, keyOf).map(([keys, group]) => [
    ...keys,
    group.length,
    ...ENDINGS.map((ending) => group.filter((record) => record.ending === ending && record.findings.length === 0).length || ""),
    group.filter(({ findings }) => findings.length > 0).length,
  ]);
  return table([...heads, "cases", ...ENDINGS, "wrong"], rows);
}

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

/** In the order of the scenarios, moments and victims, and of the calls' names, however many processes took part. */
function grouped(records, keyOf) {
  const scenarios = [...new Set(records.map(({ scenario }) => scenario))];
  const rank = ([first, second]) => [scenarios.includes(first) ? String(scenarios.indexOf(first)).padStart(3, "0") : first, rankOf(second)];
  const groups = new Map();
  for (const record of records) {
    const key = JSON.stringify(keyOf(record));
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const rows = [...groups].map(([key, group]) => [JSON.parse(key), group]);
  return rows.sort(([a], [b]) => (rank(a).join() < rank(b).join() ? -1 : 1));
}

const ORDER = [...Object.values(MOMENTS), ...Object.values(VICTIMS)];
const rankOf = (text) => (ORDER.includes(text) ? String(ORDER.indexOf(text)) : text);

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (heads, rows) => [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
