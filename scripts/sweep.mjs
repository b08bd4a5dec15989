// `npm run test:sweep`: every kill at every call boundary under real Terraform, and every fault of every call in virtual
// time. The whole takes hours on a small machine. Options: --only REGEX (scenarios), --every N and --from I (of the cases,
// every N-th, counted from I), --sweep crash|faults, --jobs N (processes that share the cases, 1 by default), --command
// tofu (kills), --no-write.
// A whole run writes the tables of docs/sweeps.md; a part of one prints them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { betweenMarks } from "./between-marks.mjs";
import { readRecords, tables } from "./sweep/report.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    sweep: { type: "string", default: "crash|faults" },
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
  console.error(`sweep: --${name} takes a number from ${least}; it is "${values[name]}".`);
  process.exit(2);
}
const [every, from, jobs] = [values.every, values.from, values.jobs].map(Number);

const out = mkdtempSync(join(tmpdir(), "sweep-"));
const statuses = await Promise.all(Array.from({ length: jobs }, (_, job) => run(job)));
/** @type {(sweep: "crash" | "faults") => import("./sweep/report.mjs").SweepRecord[]} */
const records = (sweep) => statuses.flatMap((_, job) => readRecords(join(out, String(job), `${sweep}.jsonl`)));
const text = tables({ crash: records("crash"), faults: records("faults") }, every === 1 ? "all cases" : `one case in ${every}`);
rmSync(out, { recursive: true });
console.log(text);
const isWhole = every === 1 && values.only === "" && values.sweep === "crash|faults" && !values.command;
if (isWhole && !values["no-write"]) writeTables(join(root, "docs/sweeps.md"), text);
process.exit(Math.max(...statuses));

/**
 * One process, with every `jobs`-th of the cases. One scenario at a time: kills are timed by calls, and many make each other slower.
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
 * @param {string} file
 * @param {string} generated
 */
function writeTables(file, generated) {
  const marks = /** @type {const} */ (["<!-- tables -->", "<!-- end of tables -->"]);
  writeFileSync(file, betweenMarks(readFileSync(file, "utf8"), marks, `\n\n${generated}\n`, { file, what: "tables" }));
}
