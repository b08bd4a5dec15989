// npm run test:sweep: every kill at every call under real Terraform, every fault of every call in virtual time, and slow answers in
// real time. All of it takes hours on a small machine.
//   --only REGEX         run only these scenarios
//   --every N --from I   run every N-th case, counted from I
//   --sweep NAMES        run only these sweeps: crash, faults or slow; several are separated by |
//   --jobs N             divide the cases among N processes (default 1)
//   --command tofu       run the kills under OpenTofu
//   --no-write           write no file
// Prints the tables. Complete sweeps also write them to docs/sweeps.md (kills and faults together).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { betweenMarks } from "./between-marks.mjs";
import { readRecords, slowTable, tables } from "./sweep/report.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    sweep: { type: "string", default: "crash|faults|slow" },
    jobs: { type: "string", default: "1" },
    command: { type: "string" },
    "no-write": { type: "boolean", default: false },
  },
});
for (const [name, least] of /** @type {const} */ ([
  ["every", 1],
  ["from", 0],
  ["jobs", 1],
])) {
  if (/^\d{1,6}$/.test(values[name]) && Number(values[name]) >= least) continue;
  console.error(`sweep: --${name} is "${values[name]}". Allowed: a whole number, ${least} or more.`);
  process.exit(2);
}
const [every, from, jobs] = [values.every, values.from, values.jobs].map(Number);

const out = mkdtempSync(join(tmpdir(), "sweep-"));
const statuses = await Promise.all(Array.from({ length: jobs }, (_, job) => run(job)));
/** @type {(sweep: "crash" | "faults" | "slow") => import("./sweep/report.mjs").SweepRecord[]} */
const records = (sweep) => statuses.flatMap((_, job) => readRecords(join(out, String(job), `${sweep}.jsonl`)));
const share = every === 1 ? "all cases" : `one case in ${every}`;
const sweeps = values.sweep.split("|");
const isWhole = every === 1 && values.only === "" && !values.command && !values["no-write"];
if (sweeps.includes("crash") || sweeps.includes("faults"))
  publish(
    tables({ crash: records("crash"), faults: records("faults") }, share),
    "tables",
    sweeps.includes("crash") && sweeps.includes("faults"),
  );
if (sweeps.includes("slow")) publish(slowTable(records("slow"), share), "slow answers", true);
rmSync(out, { recursive: true });
process.exit(Math.max(...statuses));

/**
 * Runs one process with every `jobs`-th case. It runs one scenario at a time, because scenarios that run together slow each other down.
 *
 * @param {number} job its number, from 0
 * @returns {Promise<number>} its exit code
 */
async function run(job) {
  const env = {
    ...process.env,
    SWEEP: "all",
    SWEEP_ONLY: values.only,
    SWEEP_EVERY: String(every * jobs),
    SWEEP_FROM: String(from + every * job),
    SWEEP_OUT: join(out, String(job)),
    ...(values.command && { SWEEP_COMMAND: values.command }),
  };
  const jest = [join(root, "node_modules/jest/bin/jest.js"), "--selectProjects=sweep", "--runInBand"];
  const child = spawn(process.execPath, [...jest, `--testPathPatterns=test/sweep/(${values.sweep})/`], {
    cwd: root,
    stdio: "inherit",
    env,
  });
  const [status] = await once(child, "exit");
  return status ?? 1;
}

/**
 * Prints the tables, and writes them between the marks of their name if the sweeps were complete.
 *
 * @param {string} text
 * @param {string} name
 * @param {boolean} hasAll whether every sweep that the tables show was run
 */
function publish(text, name, hasAll) {
  console.log(text);
  if (!isWhole || !hasAll) return;
  const file = join(root, "docs/sweeps.md");
  const marks = /** @type {const} */ ([`<!-- ${name} -->`, `<!-- end of ${name} -->`]);
  writeFileSync(file, betweenMarks(readFileSync(file, "utf8"), marks, `\n\n${text}\n`, { file, what: name }));
}
