// `npm run bench`: every figure that the documentation quotes, measured on this machine in one run, offline.
// Options: --quick (small numbers, for a first look), --only NAME[,NAME] (startup, overhead, operations, instant, synth, package).
// Writes docs/benchmarks.md and docs/benchmarks.svg after a full run.
import { parseArgs } from "node:util";
import { measureInstant } from "./bench/instant.mjs";
import { measureOperations } from "./bench/operations.mjs";
import { measureOverhead } from "./bench/overhead.mjs";
import { measurePackage } from "./bench/package.mjs";
import { printReport, writeReport } from "./bench/report.mjs";
import { measureStartup } from "./bench/startup.mjs";
import { measureSynth } from "./bench/synth.mjs";
import { findTerraform } from "./terraform/commands.cjs";

/** @type {{ readonly [name: string]: (settings: import("./bench/report.mjs").Settings) => Promise<import("./bench/report.mjs").Row[]> }} */
const SECTIONS = {
  startup: measureStartup,
  overhead: measureOverhead,
  operations: measureOperations,
  instant: measureInstant,
  synth: measureSynth,
  package: measurePackage,
};

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const wanted = values.only?.split(",") ?? Object.keys(SECTIONS);
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`bench: no section ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}`);
  process.exit(2);
}
const terraform = findTerraform();
if (!terraform) {
  console.error("bench: neither terraform nor tofu is on PATH; install one of them (https://developer.hashicorp.com/terraform/install).");
  process.exit(1);
}

/** @type {import("./bench/report.mjs").Row[]} */
const rows = [];
for (const name of wanted) {
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await SECTIONS[name]({ quick: values.quick, terraform, progress: (text) => process.stderr.write(`  ${text}\n`) })));
}
printReport(rows);
if (!values.quick && !values.only) await writeReport(rows, terraform);
