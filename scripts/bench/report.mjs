import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { terraformVersion } from "../terraform/commands.cjs";
import { lagPlot } from "./plot.mjs";
import { root } from "./terraform.mjs";

/**
 * One figure.
 *
 * @typedef {object} Row
 * @property {string} section
 * @property {string} name
 * @property {number} value
 * @property {string} unit Empty for a count.
 * @property {number} [target] The most that it may be.
 * @property {"median" | "worst"} [plot] Which bar of the plot shows it.
 *
 * @typedef {object} Settings What a section is measured by.
 * @property {boolean} quick Small numbers, for a first look.
 * @property {string} terraform
 * @property {(text: string) => void} progress
 */

/** @param {Pick<Row, "value" | "unit">} row */
const shown = ({ value, unit }) => [value, unit].filter((part) => part !== "").join(" ");
/** @param {Pick<Row, "target" | "unit">} row */
const limit = ({ target, unit }) => (target === undefined ? "" : `≤ ${[target, unit].filter((part) => part !== "").join(" ")}`);

/** @param {readonly Row[]} rows */
export function printReport(rows) {
  const width = Math.max(...rows.map(({ section, name }) => section.length + name.length)) + 4;
  for (const row of rows) {
    const label = `${row.section}: ${row.name}`.padEnd(width);
    const verdict = row.target === undefined ? "" : row.value <= row.target ? "met" : "MISSED";
    console.log(`${label} ${shown(row).padStart(10)}  ${limit(row).padEnd(10)} ${verdict}`);
  }
}

/**
 * @param {readonly Row[]} rows
 * @param {string} terraform
 */
export async function writeReport(rows, terraform) {
  const table = [
    "| what | measured | target |",
    "| --- | ---: | ---: |",
    ...rows.map((row) => `| ${row.section}: ${row.name} | ${shown(row)} | ${limit(row)} |`),
  ];
  const text = `# Benchmarks

Written by \`npm run bench\`; do not edit. Machine: ${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ${terraformVersion(terraform)}.
Times on a shared machine vary; the ratios come from commands run in turn. None of the user's own settings for Terraform and Node are
given to what is measured: with NODE_EXTRA_CA_CERTS, Node 20 reads all of its certificates at each start, of this plugin as of
any program; Node 22 does so when they are needed.

${table.join("\n")}

![Lag after a task's end by the number of operations](benchmarks.svg)

The program that only listens with mutual TLS is given its key and certificate; it shows what any provider that Node.js runs takes to its handshake. The plugin makes its key and certificate, and
loads \`node:tls\`, gRPC and the provider after the handshake, while Terraform connects.

Reads are Describe calls; "at the start" are the look-ups that keep a start from being made twice. The target for those while the tasks run is (operations ÷ 50 + 1) × (seconds ÷ 4).
Lag counts from a task's end, or from when Terraform began to wait for it where that was later: with a thousand operations Terraform itself takes a while to get there.
Tasks run 40 to 60 s, and the emulator allows 10 calls a second for each Describe action.

Most of the time of a large apply is Terraform's own. Terraform writes the whole state after each resource, so this time grows with the square of the number of resources, and with
what each of them holds. An import and its completion hold more than twice as much as two terraform_data, and profiles of Terraform show no other difference: with terraform_data that hold
as much, it uses as much CPU. So the ratios to plain terraform_data have no target. Two others have: the wall time of operations that take no time, over terraform_data that hold as much; and the wall time of
operations of a minute without the longest task's own time, over plain terraform_data. No provider can save the longest task's own time, and Terraform's pace differs by machine.

## The alicloud provider beside it

Measured separately (August 2026, another machine, the alicloud provider against a stand-in for ECS), so for orientation only:

| what | alicloud provider |
| --- | ---: |
| plugin start to handshake | 57 ms, 132 MB |
| a task that is done after 1 s is noticed after | 61.6 s (first look after 60 s) |
| 50 imports of 150 s at once | 161 s, 650 DescribeImages calls, plugin 181 MB |
`;
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(join(root, "docs", "benchmarks.md"), text);
  writeFileSync(join(root, "docs", "benchmarks.svg"), lagPlot(rows));
  console.log("\nwritten: docs/benchmarks.md, docs/benchmarks.svg");
}
