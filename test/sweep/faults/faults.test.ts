import { sample, seeded } from "../random";
import { record, sweepMode } from "../sweep-mode";
import { faultsOf } from "./catalogue";
import { actionsOf, playFault, type FaultCase } from "./play";
import { FAULT_SCENARIOS, type FaultScenario } from "./scenarios";

const mode = sweepMode(process.env);
const TIMES = [1, 3, "all"] as const;

/** Each fault of each action that the scenario calls. */
function casesOf(scenario: FaultScenario, actions: readonly string[]): FaultCase[] {
  return actions.flatMap((action) => faultsOf(action).flatMap((fault) => TIMES.map((times) => ({ scenario, action, fault, times }))));
}

describe.each(FAULT_SCENARIOS.filter(({ name }) => mode.only.test(name)))("$name, with any fault of any call", (scenario) => {
  test("succeeds or fails with a clear error and a correct state, and a later run leads to the wanted result", async () => {
    const every = casesOf(scenario, await actionsOf(scenario)).filter((_, i) => i % mode.every === mode.from % mode.every);
    const cases = mode.all ? every : sample(every, mode.count, seeded(mode.seed));
    const wrong: string[] = [];
    for (const one of cases) {
      const { action, fault, times } = one;
      const outcome = await playFault(one).catch((error: Error) => ({
        ending: "error" as const,
        minutes: 0,
        findings: [error.message],
        errors: [],
      }));
      record("faults", {
        scenario: scenario.name,
        action,
        fault: fault.name,
        times,
        ending: outcome.ending,
        minutes: outcome.minutes,
        findings: outcome.findings,
        errors: outcome.errors,
      });
      if (outcome.findings.length > 0) wrong.push(`${action}, ${fault.name}, ${times} times: ${outcome.findings.join("; ")}`);
    }
    expect(wrong).toEqual([]);
  }, 3_600_000);
});
