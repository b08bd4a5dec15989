import { MachineClock, type EcsEmulator } from "../../../lib/emulator";
import { emulator } from "../../support/e2e/bench";
import { providerBlock } from "../../support/e2e/hcl";
import type { Running, Terraform } from "../../support/e2e/terraform";
import { Tap, type Boundary, type Moment } from "../tap";
import { describeCalls } from "./describe-calls";
import { asWanted, atRest, neverTwice, type Findings } from "./invariants";
import { ageLeftovers, leftBehind, noPlugins } from "./leftovers";
import { addSource, type Scenario } from "./scenarios";
import { ageStarts, forgetState, readState, writeState } from "./state-file";

/**
 * Who is killed, by kill -9. `everything`: both, and the state that the run wrote is lost, as with a remote backend that writes
 * late.
 */
export type Victim = "plugin" | "terraform" | "both" | "everything";
export const VICTIMS: readonly Victim[] = ["plugin", "terraform", "both", "everything"];

export interface Case {
  readonly scenario: Scenario;
  readonly boundary: Boundary;
  readonly moment: Moment;
  readonly victim: Victim;
  readonly then: "apply" | "destroy";
  /** Whether the next command starts at once, without waiting for the end of the plugin. */
  readonly hurry: boolean;
}

/**
 * How a case ended. All of these are allowed:
 * - `not reached`: the run made fewer calls this time
 * - `clean`: the next run led to the wanted result
 * - `second try`: the next run failed, and the one after it led to the wanted result
 * - `not in the state`: a destroy did not know of a start that the kill kept out of the state; the next apply took it over
 *   or removed it, and the destroy after that removed everything
 */
export type Ending = "not reached" | "clean" | "second try" | "not in the state";

export interface Outcome {
  readonly ending: Ending;
  readonly findings: Findings;
  /** Terraform's output of each run. */
  readonly log: string;
}

const FAST = { afterCancel: { delay: 200 }, image: { availableDelay: 100, deleteDelay: 100 } } as const;
const TASK = "1s";
const LONGEST_TASK = 180_000;

/** Runs one case in a folder where `init` has run. */
export async function playCase(tf: Terraform, { scenario, boundary, moment, victim, then, hurry }: Case): Promise<Outcome> {
  return withSetup(tf, scenario, async (setup) => {
    const { tap } = setup;
    const stateBefore = readState(tf);
    let hit = false;
    let plugins: number[] = [];
    let madeBefore: readonly string[] = [];
    const run = startRun(setup, scenario, async (at, now) => {
      if (hit || at.action !== boundary.action || at.nth !== boundary.nth) return;
      // Finding the plugin's process takes longer than the plugin takes to go on, so find it a moment earlier.
      if (now === "effect" || moment === "before") plugins = tf.plugins();
      if (now !== moment) return;
      hit = true;
      madeBefore = setup.ecs.images.filter(({ status }) => status === "Available").map(({ id }) => id);
      kill(victim, plugins, run);
    });
    setup.log.push((await run.done).output);
    tap.disarm();
    if (!hit) {
      if (scenario.laterDuration !== undefined) setDurations(setup.ecs, scenario.laterDuration);
      await comesToRest(setup, scenario);
      return "not reached";
    }
    if (!hurry) await noPlugins(tf);
    // Terraform empties a local state file before it writes it again. A kill in between leaves an empty file, and users restore the backup.
    if (victim === "everything" || readState(tf) === "") {
      writeState(tf, stateBefore);
      setup.trailLost = true;
    }
    if (victim !== "terraform" && scenario.interrupt) setup.trailLost = true;
    return recover(setup, scenario, then, { cancelled: victim === "terraform", madeBefore, hurry });
  });
}

/** The call boundaries of a scenario's run without a kill. */
export async function boundariesOf(tf: Terraform, scenario: Scenario): Promise<readonly Boundary[]> {
  let seen: readonly Boundary[] = [];
  const { findings, log } = await withSetup(tf, scenario, async (setup) => {
    const run = startRun(setup, scenario, () => {});
    setup.log.push((await run.done).output);
    seen = [...setup.tap.seen];
    setup.tap.disarm();
    await noPlugins(tf);
    return recover(setup, scenario, "apply", { cancelled: true, madeBefore: [], hurry: false });
  });
  if (findings.length > 0 || seen.length === 0) throw new Error(`${scenario.name} without a kill: ${findings.join("; ")}\n${log}`);
  return seen;
}

interface CrashSetup {
  readonly tf: Terraform;
  readonly ecs: EcsEmulator;
  readonly clock: MachineClock;
  readonly tap: Tap;
  readonly sourceId: string;
  readonly findings: Findings;
  readonly log: string[];
  /** The state that the run wrote is lost, or a clean-up was killed before it had marked the snapshots. */
  trailLost: boolean;
}

async function withSetup(tf: Terraform, scenario: Scenario, play: (setup: CrashSetup) => Promise<Ending>): Promise<Outcome> {
  forgetState(tf);
  const clock = new MachineClock();
  const behaviour = {
    ...FAST,
    ...scenario.emulator?.behaviour,
    afterCancel: { ...FAST.afterCancel, ...scenario.emulator?.behaviour?.afterCancel },
  };
  const ecs = emulator({ taskDuration: TASK, ...scenario.emulator, behaviour, clock });
  await ecs.start();
  const tap = new Tap(ecs.endpoint);
  await tap.start();
  const setup: CrashSetup = { tf, ecs, clock, tap, sourceId: addSource(ecs), findings: [], log: [], trailLost: false };
  try {
    if (scenario.before) {
      write(setup, scenario.before);
      const { code, output } = await tf.apply();
      if (code !== 0) throw new Error(`the run before failed: ${output}`);
      // Tasks of minutes are simulated in a second. For a minute after a start, a missing image counts as not listed yet, so the starts
      // in the state are made as old as they would be.
      ageStarts(tf, LONGEST_TASK);
    }
    write(setup, scenario.config);
    if (scenario.duration !== undefined) setDurations(ecs, scenario.duration);
    const ending = await play(setup);
    setup.findings.push(...neverTwice(ecs), ...(await leftBehind(tf)));
    return { ending, findings: setup.findings, log: [...setup.log, describeCalls(ecs)].join("\n----\n") };
  } finally {
    for (const pid of tf.plugins()) killIfThere(pid);
    await tap.stop();
    await ecs.stop();
  }
}

function startRun(
  { tf, tap }: CrashSetup,
  { command, interrupt }: Scenario,
  listener: (boundary: Boundary, moment: Moment) => void | Promise<void>,
): Running {
  if (!interrupt) tap.arm(listener);
  else {
    tap.arm(({ action }, moment) => {
      if (moment !== "before" || !action.startsWith("Describe") || !/imagetask_completion\.\w+: Creating/.test(run.output())) return;
      tap.arm(listener);
      run.signal("SIGINT", "group");
    });
  }
  const run: Running = tf.start([command, "-auto-approve", "-input=false"]);
  return run;
}

interface Killed {
  /** The plugin survived and cancelled what it had started. */
  readonly cancelled: boolean;
  /** The images that were finished by then: the plugin keeps these. */
  readonly madeBefore: readonly string[];
  readonly hurry: boolean;
}

/** What a user does next until the wanted result is there, and a destroy afterwards. */
async function recover(
  setup: CrashSetup,
  scenario: Scenario,
  then: "apply" | "destroy",
  { cancelled, madeBefore, hurry }: Killed,
): Promise<Ending> {
  const { ecs, tf, findings, sourceId, clock } = setup;
  const { laterDuration } = scenario;
  ageLeftovers(tf);
  if (laterDuration !== undefined) {
    setDurations(ecs, laterDuration);
    if (then === "apply") clock.advance(LONGEST_TASK);
  }
  if (then === "destroy") {
    const known = readState(tf) ?? "";
    const tries = await repeat(setup, "destroy");
    if (hurry) await noPlugins(tf);
    const left = atRest(ecs, sourceId, setup.trailLost);
    if (left.length === 0) return tries === 1 ? "clean" : "second try";
    const ids = [...ecs.running, ...ecs.images].map(({ id }) => id).filter((id) => id !== sourceId);
    const isWrong = ids.some((id) => known.includes(id) || (cancelled && !madeBefore.includes(id)));
    if (isWrong) findings.push(...left.map((what) => `after destroy ${what}`));
    clock.advance(LONGEST_TASK);
    await comesToRest(setup, scenario);
    return "not in the state";
  }
  const tries = await comesToRest(setup, scenario);
  return tries === 1 ? "clean" : "second try";
}

function setDurations({ durations }: EcsEmulator, ms: number): void {
  durations.ImportImage = durations.ExportImage = durations.CopyImage = ms;
}

/** Applies, then destroys. Returns how many applies were needed. */
async function comesToRest(setup: CrashSetup, scenario: Scenario): Promise<number> {
  const { ecs, sourceId, findings, tf } = setup;
  const tries = await repeat(setup, "apply");
  findings.push(...asWanted(ecs, sourceId, scenario.wanted, setup.trailLost).map((what) => `after apply ${what}`));
  await noPlugins(tf);
  await repeat(setup, "destroy");
  findings.push(...atRest(ecs, sourceId, setup.trailLost).map((what) => `after the last destroy ${what}`));
  return tries;
}

/** Repeats the command after an error, once. */
async function repeat({ tf, findings, log }: CrashSetup, command: "apply" | "destroy"): Promise<number> {
  for (let tries = 1; ; tries++) {
    const { code, output } = await tf[command]();
    log.push(output);
    if (code === 0) return tries;
    if (tries === 2) {
      findings.push(`${command} failed twice: ${/Error: .*/.exec(output)?.[0] ?? output.slice(-200)}`);
      return tries;
    }
    await noPlugins(tf);
  }
}

function kill(victim: Victim, plugins: readonly number[], run: Running): void {
  if (victim !== "terraform") plugins.forEach(killIfThere);
  if (victim !== "plugin") killIfThere(run.pid);
}

function write({ tf, tap, sourceId }: CrashSetup, config: (sourceId: string) => string): void {
  tf.write(providerBlock({ endpoint: tap.endpoint }) + config(sourceId));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has exited already.
  }
}
