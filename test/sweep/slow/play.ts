import { atRest, type Findings } from "../crash/invariants";
import { unclear } from "../faults/sandbox";
import { brokenPromise } from "../../support/waiting/kept-promise";
import type { SlowScenario } from "./scenarios";
import { SlowSandbox } from "./sandbox";

export interface SlowCase {
  readonly scenario: SlowScenario;
  readonly action: string;
  /** `before`: the request reaches ECS late. `effect`: ECS carries it out at once and answers late. */
  readonly moment: "before" | "effect";
  /** How many seconds late. */
  readonly seconds: number;
  /** How many calls of the action are slow. */
  readonly times: 1 | "all";
}

export interface SlowOutcome {
  readonly ending: "success" | "error" | "gone";
  /** Seconds until Terraform or, after its death, the plugin had ended. */
  readonly seconds: number;
  readonly findings: Findings;
}

/** Milliseconds from Ctrl-C until Terraform is answered, and until the plugin exits, with an allowance for a busy machine. */
const ANSWERED = 5_500;
const GONE = 12_000;

/** Runs one case over real sockets and in real time: the slow run, then an apply and a destroy without delays. */
export async function playSlow({ scenario, action, moment, seconds, times }: SlowCase): Promise<SlowOutcome> {
  const sandbox = new SlowSandbox(scenario);
  await sandbox.start();
  try {
    await sandbox.prepare();
    sandbox.slowDown({ action, moment, ms: seconds * 1_000, calls: times === "all" ? Infinity : times });
    const began = performance.now();
    const { errors, answeredAfter, goneAfter } = await sandbox.struck();
    const took = performance.now() - began;
    const findings: Findings = [...(errors ? unclear(errors) : [])];
    if (answeredAfter !== undefined) findings.push(...late("the answer to Terraform", answeredAfter, ANSWERED));
    if (goneAfter !== undefined) findings.push(...late("the end of the plugin", goneAfter, GONE));
    if (/^(create|destroy)$/.test(scenario.event) && errors?.length)
      findings.push(`slow answers made it fail: ${errors[0]!.summary}: ${errors[0]!.detail}`);
    // Calls that are running when the plugin exits have arrived before the next run.
    await sandbox.quiet();
    if (/kill/.test(scenario.event))
      findings.push(...atRest(sandbox.ecs, sandbox.sourceId).map((what) => `after Terraform's death ${what}`));
    else findings.push(...sandbox.untruths());
    findings.push(...(await sandbox.comesToRest()));
    return { ending: errors === null ? "gone" : errors.length > 0 ? "error" : "success", seconds: Math.round(took / 1_000), findings };
  } finally {
    await sandbox.stop();
  }
}

const late = (what: string, took: number, promised: number): Findings => {
  const broken = brokenPromise(what, Math.round(took), promised);
  return broken === null ? [] : [broken];
};
