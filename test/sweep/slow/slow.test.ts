import { sample, seeded } from "../random";
import { record, sweepMode } from "../sweep-mode";
import { describeCase, playAll, slowCases } from "./cases";
import { playSlow, type SlowCase, type SlowOutcome } from "./play";

const mode = sweepMode(process.env);
const LATE = [2, 7, 15, 40];
const SHORT = [2, 7];
/** Scenarios of less than a minute: ECS shows the end of a copy that was cancelled soon after its start late. */
const QUICK = /: (import|export)$/;

describe("slow answers over real sockets leave nothing behind", () => {
  async function play(one: SlowCase): Promise<string[]> {
    const outcome: SlowOutcome = await playSlow(one).catch((error: Error) => ({
      ending: "error",
      seconds: 0,
      findings: [String(error.stack)],
    }));
    const { scenario, ...rest } = one;
    record("slow", { scenario: scenario.name, ...rest, took: outcome.seconds, ending: outcome.ending, findings: outcome.findings });
    return outcome.findings.length === 0 ? [] : [`${describeCase(one)}: ${outcome.findings.join("; ")}`];
  }

  test(
    mode.all ? "in every case" : `in a sample of the short cases (seed ${mode.seed})`,
    async () => {
      const every = slowCases(LATE, mode.only).filter((_, i) => i % mode.every === mode.from % mode.every);
      const cases = mode.all
        ? every
        : sample(
            slowCases(SHORT, QUICK).filter(({ times }) => times === 1),
            4 * mode.count,
            seeded(mode.seed),
          );
      expect(await playAll(cases, mode.all ? 60 : cases.length, play)).toEqual([]);
    },
    4 * 3_600_000,
  );
});
