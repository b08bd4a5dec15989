import type { Findings } from "../crash/invariants";
import type { Fault } from "./catalogue";
import type { FaultScenario } from "./scenarios";
import { unclear, Sandbox } from "./sandbox";

export interface FaultCase {
  readonly scenario: FaultScenario;
  readonly action: string;
  readonly fault: Fault;
  /** How many calls of the action have the fault: a temporary one, or one that lasts as long as the run. */
  readonly times: 1 | 3 | "all";
}

export interface FaultOutcome {
  /** How the run with the fault ended. */
  readonly ending: "success" | "error";
  /** How many minutes of virtual time it took. */
  readonly minutes: number;
  readonly findings: Findings;
  /** Titles and texts of its errors. */
  readonly errors: readonly string[];
}

const MINUTE = 60_000;
const START_ACTIONS = ["ImportImage", "ExportImage", "CopyImage"];

/** Runs one case in virtual time: the run with the fault, then an apply and a destroy without. */
export async function playFault({ scenario, action, fault, times }: FaultCase): Promise<FaultOutcome> {
  return inSandbox(scenario, async (sandbox) => {
    let slowed = 0;
    const limit = times === "all" ? Infinity : times;
    if (fault.slow === undefined) sandbox.ecs.faults.add({ action, ...fault.rule, ...(times !== "all" && { times }) });
    const slow = (name: string): number => (fault.slow !== undefined && name === action && slowed++ < limit ? fault.slow : 0);
    const { errors, took } = await sandbox.struck({ slow });
    sandbox.ecs.faults.clear();
    const findings = [...unclear(errors), ...sandbox.untruths()];
    if (took > scenario.limit * MINUTE) findings.push(`it took ${Math.round(took / MINUTE)} minutes, and may take ${scenario.limit}`);
    if (fault.passes && !outlastsStarts(action, fault, times) && scenario.succeeds && errors.length > 0)
      findings.push(`it gave up, though the fault was temporary: ${errors[0]!.summary}: ${errors[0]!.detail}`);
    const leftovers = await sandbox.comesToRest();
    findings.push(...(lacksSnapshotRights(action, fault) ? leftovers.filter((what) => !/^after \w+ snapshot /.test(what)) : leftovers));
    return {
      ending: errors.length === 0 ? "success" : "error",
      minutes: Math.round(took / MINUTE),
      findings,
      errors: errors.map(({ summary, detail }) => `${summary}: ${detail}`),
    };
  });
}

/** Whether the fault outlasts the two minutes for which a start with a lost answer is sent again; each call waits a minute for its answer. */
function outlastsStarts(action: string, fault: Fault, times: FaultCase["times"]): boolean {
  return times === "all" || (times === 3 && fault.rule.hang === true && START_ACTIONS.includes(action));
}

/** Without the rights to snapshots the image is still deleted, and a warning says that its snapshots remain. */
function lacksSnapshotRights(action: string, { rule }: Fault): boolean {
  return /^(Describe|Delete)Snapshots?$/.test(action) && rule.error?.code === "Forbidden.RAM";
}

/** The actions that a scenario's run calls without a fault. */
export async function actionsOf(scenario: FaultScenario): Promise<string[]> {
  return inSandbox(scenario, async (sandbox) => {
    sandbox.ecs.clearCalls();
    await sandbox.struck();
    const actions = [...new Set(sandbox.ecs.calls.map(({ action }) => action))].sort();
    const findings = [...sandbox.untruths(), ...(await sandbox.comesToRest())];
    if (findings.length > 0) throw new Error(`${scenario.name} without a fault: ${findings.join("; ")}`);
    return actions;
  });
}

async function inSandbox<T>(scenario: FaultScenario, play: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = new Sandbox(scenario);
  await sandbox.ecs.start();
  try {
    await sandbox.prepare();
    return await play(sandbox);
  } finally {
    await sandbox.ecs.stop();
  }
}
