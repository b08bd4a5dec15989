import { simulate, type Scenario } from "./simulate";

/** Short tasks, so that a test takes moments. */
const SMALL: Scenario = { stacks: 3, operations: 4, within: 10, minutes: [1, 2] };

describe("the simulation of one account", () => {
  test("gives the same figures for the same scenario, and others for another seed", async () => {
    const first = await simulate(SMALL);

    expect(await simulate(SMALL)).toEqual(first);
    expect(await simulate({ ...SMALL, seed: 2 })).not.toEqual(first);
  });

  test("starts and finishes everything where nothing is in the way", async () => {
    const { perMinute, spent, ...figures } = await simulate(SMALL);

    expect(figures).toMatchObject({ throttled: 0, unstarted: 0, lost: 0 });
    expect(perMinute["ImportImage"]! * spent).toBeCloseTo(12);
    expect(figures.lag.worst).toBeLessThan(8);
    expect(spent).toBeGreaterThan(1);
    expect(spent).toBeLessThan(2.5);
  });

  test("counts by region: the same work in three regions meets a quota in each, and takes more calls in all", async () => {
    const one = await simulate({ ...SMALL, operations: 6 });
    const three = await simulate({ ...SMALL, operations: 6, regions: 3 });

    expect(three.peak).toBeLessThan(1.5 * one.peak);
    expect(three.reads).toBeGreaterThan(1.5 * one.reads);
  });

  test("turns calls away above the quota: ends are seen later, and nothing that runs is given up", async () => {
    const free = await simulate(SMALL);
    const held = await simulate({ ...SMALL, quota: { limit: 15 } });

    expect(held.throttled).toBeGreaterThan(0.1);
    expect(held.lag.median!).toBeGreaterThan(free.lag.median!);
    expect(held).toMatchObject({ unstarted: 0, lost: 0 });
  });

  test("lets so many stacks run at once, the rest after them", async () => {
    const together = await simulate(SMALL);
    const apart = await simulate({ ...SMALL, atOnce: 1 });

    expect(apart.spent).toBeGreaterThan(2 * together.spent);
    expect(apart.reads).toBeLessThan(together.reads);
  });

  test("refuses more regions than it has names for", async () => {
    await expect(simulate({ ...SMALL, regions: 11 })).rejects.toThrow("regions is 11; there are names for 1 to 10");
  });
});
