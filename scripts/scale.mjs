// npm run bench:scale: simulates how calls to ECS grow with operations, stacks and regions, and when one account's quota becomes the
// limit. The real provider runs against the emulator in virtual time: hours take about a minute, and the same sources give the same figures.
// Prints the tables, and writes them to docs/scale.md and docs/scale.svg.
//   --only NAME[,NAME]   simulate only these tables, and write no file
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./bench/terraform.mjs";
import { writeTables } from "./scale/document.mjs";
import { TABLES } from "./scale/grids.mjs";
import { scalePlot } from "./scale/plot.mjs";
import { runAll } from "./scale/run.mjs";
import { toMarkdown } from "./scale/tables.mjs";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = values.only?.split(",") ?? Object.keys(TABLES);
const unknown = wanted.filter((name) => !(name in TABLES));
if (unknown.length > 0) {
  console.error(`--only names the unknown table ${unknown.join(", ")}. Known tables: ${Object.keys(TABLES).join(", ")}.`);
  process.exit(2);
}

const tables = wanted.map((name) => ({ name, ...TABLES[name] }));
const scenarios = tables.flatMap(({ rows }) => rows.map(({ scenario }) => scenario));
/** @type {import("./scale/run.mjs").Progress} */
const progress = (done, of) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} simulated${done === of ? "\n" : ""}`);
};
const figuresOf = await runAll(scenarios, progress);
const filled = tables.map((table) => ({ ...table, rows: table.rows.map((row) => ({ ...row, figures: figuresOf(row.scenario) })) }));
const lost = filled.flatMap(({ rows }) => rows).find(({ figures }) => figures.lost > 0);
if (lost)
  throw new Error(
    `docs/scale.md says that no wait ends because of a throttled call; ${lost.figures.lost} did in ${JSON.stringify(lost.scenario)}.`,
  );
const texts = Object.fromEntries(filled.map((table) => [table.name, toMarkdown(table)]));
for (const [name, text] of Object.entries(texts)) console.log(`${name}\n${text}\n`);
if (values.only === undefined) {
  writeTables(join(root, "docs/scale.md"), texts);
  writeFileSync(join(root, "docs/scale.svg"), scalePlot(filled.find(({ name }) => name === "quota")?.rows ?? []));
  console.log("Wrote docs/scale.md and docs/scale.svg.");
}
