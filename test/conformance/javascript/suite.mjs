import { setTimeout as sleep } from "node:timers/promises";
import { cleanup } from "./checks/cleanup.mjs";
import { reading } from "./checks/reading.mjs";
import { refusing } from "./checks/refusing.mjs";
import { running } from "./checks/running.mjs";
import { Ledger } from "./ledger.mjs";

/** The check cannot be made, for the given reason. */
export class Skipped extends Error {}

/** The check cannot continue, as the condition of its next step is not met. */
class Stopped extends Error {}

/**
 * Runs the checks one after the other and emits a line for each: `{check, outcome, seen, expected?, facts}`. An interrupt ends the check
 * that runs and skips the others, except for the clean-up, which always runs.
 */
export async function runSuite({ config, connect, emit, signal, checks = [...reading, ...refusing, ...running, cleanup] }) {
  const ecs = connect();
  const destination = config.destinationRegion && connect({ region: config.destinationRegion, endpoint: config.destinationEndpoint });
  const shared = { config, connect, ecs, destination, ledger: new Ledger({ ecs, destination, config }), known: {} };
  for (const { name, full, always, run } of checks) emit(await outcomeOf(name, full, always, run, shared, signal));
}

async function outcomeOf(check, full, always, run, shared, signal) {
  if (full && !shared.config.full)
    return { check, outcome: "skipped", seen: "starts tasks or may change something: only with --full", facts: {} };
  if (signal.aborted && !always) return { check, outcome: "skipped", seen: "interrupted", facts: {} };
  const seen = [];
  const facts = {};
  const unmet = [];
  const line = (outcome) => ({ check, outcome, seen: seen.join("; "), ...(unmet.length > 0 && { expected: unmet.join("; ") }), facts });
  try {
    await run({
      ...shared,
      saw: (text) => seen.push(text),
      fact: (name, value) => (facts[name] = value),
      expect: (met, text) => met || unmet.push(text),
      need: (met, text) => {
        if (!met) throw new Stopped(text);
      },
      refusal: (call) => refusal(call),
      until: (look) => until(look, shared.config, always ? undefined : signal),
    });
  } catch (error) {
    if (error instanceof Skipped) return { check, outcome: "skipped", seen: error.message, facts };
    unmet.push(error instanceof Stopped ? error.message : `no error, but there was: ${error.message}`);
  }
  return line(unmet.length > 0 ? "failed" : "passed");
}

/** The error with which ECS refuses a call, or undefined if it accepts it. */
async function refusal(call) {
  try {
    await call;
  } catch (error) {
    if (error.status !== undefined && error.code !== undefined)
      return { status: error.status, code: error.code, text: `${error.status} ${error.code}` };
    throw error;
  }
  return undefined;
}

/** Polls until there is a value, and fails after the deadline. */
async function until(look, { pollMs, deadlineMs }, signal) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    if (signal?.aborted) throw new Stopped("to go on, but was interrupted");
    const value = await look();
    if (value !== undefined || Date.now() > end) return value;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
