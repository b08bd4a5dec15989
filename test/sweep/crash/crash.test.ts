import { Terraform } from "../../support/e2e/terraform";
import { availableCommands } from "../../support/plugin/terraform";
import { sample, seeded } from "../random";
import { record, sweepMode } from "../sweep-mode";
import { boundariesOf, playCase, type Case } from "./case";
import { casesOf } from "./plan";
import { SCENARIOS, type Scenario } from "./scenarios";

const mode = sweepMode(process.env);
const [command = "terraform"] = mode.command === undefined ? availableCommands() : [mode.command];

describe("a kill at any call boundary leaves nothing behind", () => {
  let tf: Terraform;
  beforeAll(async () => {
    tf = new Terraform(command);
    tf.write("");
    await tf.init();
  });
  afterAll(() => tf.remove());

  async function play(one: Case): Promise<string[]> {
    const outcome = await playCase(tf, one);
    record("crash", {
      scenario: one.scenario.name,
      ...one.boundary,
      moment: one.moment,
      victim: one.victim,
      then: one.then,
      hurry: one.hurry,
      ending: outcome.ending,
      findings: outcome.findings,
    });
    if (outcome.findings.length === 0) return [];
    const { boundary, moment, victim, then, hurry } = one;
    return [
      `${one.scenario.name}; ${boundary.action} ${boundary.nth}, ${moment}, ${victim} killed, then ${then}${hurry ? " at once" : ""}: ${outcome.findings.join("; ")}\n${outcome.log}`,
    ];
  }

  if (mode.all) {
    test.each(SCENARIOS.filter(({ name }) => mode.only.test(name)))(
      "$name",
      async (scenario) => {
        const cases = casesOf(scenario, await boundariesOf(tf, scenario)).filter((_, i) => i % mode.every === mode.from % mode.every);
        const wrong: string[] = [];
        for (const one of cases) wrong.push(...(await play(one)));
        expect(wrong).toEqual([]);
      },
      4 * 3_600_000,
    );
    return;
  }

  // Boundaries that every run has, so that a sample needs no run to find them.
  const cases: Case[] = sample(
    [
      ...every("apply: import", "ImportImage", "DescribeImages"),
      ...every("apply: export", "ExportImage", "DescribeTasks"),
      ...every("apply: copy", "CopyImage"),
      ...every("destroy: import that runs", "CancelTask", "DescribeTasks"),
      ...every("destroy: done", "DeleteImage"),
      ...every("interrupt: import", "CancelTask"),
    ],
    2 * mode.count,
    seeded(mode.seed),
  );
  test.each(
    cases.map(
      (one) => [`${one.scenario.name}: ${one.victim} killed at ${one.boundary.action}, ${one.moment}, then ${one.then}`, one] as const,
    ),
  )(`%s (seed ${mode.seed})`, async (_, one) => {
    expect(await play(one)).toEqual([]);
  });

  function every(name: string, ...actions: string[]): Case[] {
    const scenario = SCENARIOS.find((other): other is Scenario => other.name === name)!;
    return casesOf(
      scenario,
      actions.map((action) => ({ action, nth: 1 })),
    );
  }
});
