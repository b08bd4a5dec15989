// `npm run test:sweep`: every kill at every call boundary under real Terraform, and every fault of every call in virtual
// time. The whole takes hours on a small machine. Options: --only REGEX (scenarios), --every N and --from I (of the cases,
// every N-th, counted from I), --sweep crash|faults, --no-write. Writes the tables of docs/sweeps.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readRecords, tables } from "./sweep/report.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    sweep: { type: "string", default: "crash|faults" },
    "no-write": { type: "boolean", default: false },
  },
});
if (!/^[1-9]\d*$/.test(values.every) || !/^\d+$/.test(values.from)) {
  console.error(`sweep: --every takes a number from 1, --from one from 0; they are "${values.every}" and "${values.from}".`);
  process.exit(2);
}

const out = mkdtempSync(join(tmpdir(), "sweep-"));
const env = { ...process.env, SWEEP: "all", SWEEP_ONLY: values.only, SWEEP_EVERY: values.every, SWEEP_FROM: values.from, SWEEP_OUT: out };
// One scenario at a time: kills are timed by calls, and a machine that is busy with others makes them all slower.
const run = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/jest/bin/jest.js"),
    "--selectProjects=sweep",
    "--runInBand",
    `--testPathPatterns=test/sweep/(${values.sweep})/`,
  ],
  { cwd: root, stdio: "inherit", env },
);
const text = tables(
  { crash: readRecords(join(out, "crash.jsonl")), faults: readRecords(join(out, "faults.jsonl")) },
  values.every === "1" ? "all cases" : `one case in ${values.every}`,
);
rmSync(out, { recursive: true });
console.log(text);
if (!values["no-write"]) replaceTables(join(root, "docs/sweeps.md"), text);
process.exit(run.status ?? 1);

/** What stands between the marks is generated; the rest is written by hand. */
function replaceTables(file, generated) {
  const document = readFileSync(file, "utf8");
  const pattern = /(<!-- tables -->\n)[^]*(<!-- end of tables -->)/;
  if (!pattern.test(document)) throw new Error(`${file} has no marks for the tables: <!-- tables --> and <!-- end of tables -->`);
  writeFileSync(
    file,
    document.replace(pattern, (_, begin, end) => `${begin}\n${generated}\n${end}`),
  );
}
