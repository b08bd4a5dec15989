import { sample, seeded } from "../sweep/random";
import { describeCase, playAll, slowCases } from "../sweep/slow/cases";
import { playSlow } from "../sweep/slow/play";
import { sweepMode } from "../sweep/sweep-mode";

const { seed } = sweepMode(process.env);

test(`slow answers of up to 40 s leave nothing behind, in a sample of the sweep (seed ${seed})`, async () => {
  const cases = sample(slowCases([2, 7, 15, 40]), 40, seeded(seed));
  const wrong = await playAll(cases, 40, async (one) => {
    const { findings } = await playSlow(one);
    return findings.length === 0 ? [] : [`${describeCase(one)}: ${findings.join("; ")}`];
  });
  expect(wrong).toEqual([]);
});
