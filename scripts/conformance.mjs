// npm run conformance: runs Alibaba Cloud's official SDKs against the emulator, or against real ECS with --real. Each client's suite makes the
// same checks in the same order. This script runs the suites one after the other and prints one table. `-- --help` lists the options.
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { builtEmulator } from "./built-emulator.mjs";
import { CLIENTS, JAVASCRIPT } from "./conformance/clients.mjs";
import { startEmulator } from "./conformance/emulator.mjs";
import { judge } from "./conformance/judge.mjs";
import { parseOptions, USAGE } from "./conformance/options.mjs";
import { details, differences, table } from "./conformance/report.mjs";
import { runClient } from "./conformance/run-client.mjs";
import { settingsFor } from "./conformance/settings.mjs";
import { UsageError } from "./conformance/usage-error.mjs";
import { verdict } from "./conformance/verdict.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = optionsOrExit();
const { defaultBehaviour } = builtEmulator();
const interrupt = new AbortController();
const kill = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) {
  process.on(name, () => {
    console.error(interrupt.signal.aborted ? "conformance: stopped" : "conformance: cleaning up. Press Ctrl-C again to stop that too.");
    (interrupt.signal.aborted ? kill : interrupt).abort();
  });
}

/** @type {{ [client: string]: import("./conformance/types.js").Result }} */
const results = {};
for (const client of options.clients ?? Object.keys(CLIENTS)) {
  if (interrupt.signal.aborted) break;
  console.error(`${client}: ${CLIENTS[client].title}`);
  results[client] = await resultOf(client, CLIENTS[client].prepare(root));
}
console.log(`\n${details(results)}\n\n${table(results)}`);
const differing = differences(results);
if (differing) console.log(`\n${differing}`);
if (options.json) writeFileSync(options.json, `${JSON.stringify({ mode: options.mode, region: options.region, results }, null, 2)}\n`);
process.exitCode = interrupt.signal.aborted ? 130 : verdict(results, options);

/**
 * @param {string} client
 * @param {import("./conformance/types.js").Prepared} prepared
 * @returns {Promise<import("./conformance/types.js").Result>}
 */
async function resultOf(client, { command, missing, failed }) {
  if (missing) console.error(`${client}: skipped: ${missing}`);
  if (failed) console.error(`${client}: FAILED: ${failed}`);
  if (!command) return { missing, failed };
  const emulator = options.mode === "emulator" ? await startEmulator(options) : undefined;
  try {
    const { config, keys } = settingsFor(client, options, process.env, emulator);
    /** @type {Run} */
    const run = (how) => runClient({ cwd: root, config, keys, env: process.env, ...how });
    /** @type {import("./conformance/types.js").Report} */
    const report = { stderr: (text) => console.error(`${client}: ${text}`) };
    const { lines, last } = await run({ command, signal: interrupt.signal, kill: kill.signal, report });
    if (config.full && last !== "cleanup") console.error(`${client}: died ${await cleanUp(run, report, last, config)}`);
    return { lines: lines.map((line) => judge(line, defaultBehaviour())) };
  } finally {
    await emulator?.stop();
  }
}

/**
 * Cleans up after a suite that died. The prefix identifies what the suite started, except an export, which has no name.
 *
 * @typedef {import("./conformance/types.js").ClientRun} ClientRun
 * @typedef {(how: Pick<ClientRun, "command" | "args" | "report" | "signal" | "kill">) => ReturnType<typeof runClient>} Run
 *
 * @param {Run} run
 * @param {import("./conformance/types.js").Report} report
 * @param {string | undefined} last the last check that it reached
 * @param {import("./conformance/types.js").Config} config
 */
async function cleanUp(run, report, last, { image, region, prefix }) {
  if (kill.signal.aborted) return `and left what it started: look for names that begin with ${prefix} in ${region}`;
  const { lines } = await run({ command: JAVASCRIPT, args: ["--clean"], report });
  const { seen, expected } = lines.find((line) => line.check === "cleanup") ?? {};
  const running =
    last === "import-token-replay" && image ? `; an export of ${image} may still be running in ${region}: cancel it by hand` : "";
  return `and what it left was cleaned up: ${seen || expected}${running}`;
}

function optionsOrExit() {
  try {
    const parsed = parseOptions(process.argv.slice(2), process.env);
    if (!parsed.help) return parsed;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`conformance: ${error.message}`);
    process.exit(2);
  }
}
