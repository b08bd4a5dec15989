import { simulate, type Scenario } from "./simulate";

/** Short tasks, so that a test is fast. */
const SMALL: Scenario = { stacks: 3, operations: 4, within: 10, minutes: [1, 2] };

describe("the simulation of one account", () => {
  test("gives the same figures for the same scenario, and different ones for another seed", async () => {
    const first = await simulate(SMALL);

    expect(await simulate(SMALL)).toEqual(first);
    expect(await simulate({ ...SMALL, seed: 2 })).not.toEqual(first);
  });

  test("without a quota starts and finishes every operation, and sees each end within 8 seconds", async () => {
    const { perMinute, spent, ...figures } = await simulate(SMALL);

    expect(figures).toMatchObject({ throttled: 0, unstarted: 0, lost: 0 });
    expect(perMinute["ImportImage"]! * spent).toBeCloseTo(12);
    expect(figures.lag.worst).toBeLessThan(8);
    expect(spent).toBeGreaterThan(1);
    expect(spent).toBeLessThan(2.5);
  });

  test("with the work in three regions has a similar peak in each region, and more calls in total", async () => {
    const one = await simulate({ ...SMALL, operations: 6 });
    const three = await simulate({ ...SMALL, operations: 6, regions: 3 });

    expect(three.peak).toBeLessThan(1.5 * one.peak);
    expect(three.reads).toBeGreaterThan(1.5 * one.reads);
  });

  test("with a quota throttles calls, so that ends are seen later, but no operation is given up", async () => {
    const free = await simulate(SMALL);
    const held = await simulate({ ...SMALL, quota: { limit: 15 } });

    expect(held.throttled).toBeGreaterThan(0.1);
    expect(held.lag.median!).toBeGreaterThan(free.lag.median!);
    expect(held).toMatchObject({ unstarted: 0, lost: 0 });
  });

  test("runs only as many stacks at the same time as the scenario says", async () => {
    const together = await simulate(SMALL);
    const apart = await simulate({ ...SMALL, atOnce: 1 });

    expect(apart.spent).toBeGreaterThan(2 * together.spent);
    expect(apart.reads).toBeLessThan(together.reads);
  });

  test("refuses more regions than it knows", async () => {
    await expect(simulate({ ...SMALL, regions: 11 })).rejects.toThrow("regions is 11; there are names for 1 to 10");
  });
});
