import fc from "fast-check";
import type { EcsGateway } from "../../../../lib/handler/task/gateway";
import { type Operation } from "../../../../lib/handler/task/operation";
import type { Watcher } from "../../../../lib/handler/task/watch/watcher";
import { anImage, anImport, aTask, details, ecsError, page } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";
import { never, watcherOn } from "../../../support/handler/watching";

describe("the watcher of many operations", () => {
  let clock: FakeClock;
  let logged: string[];
  beforeEach(() => {
    clock = new FakeClock();
    logged = [];
  });
  const watching = (gateway: EcsGateway, pollInterval?: number): Watcher => watcherOn(clock, gateway, logged, pollInterval);
  const scripted = (scripts: Scripts, pollInterval?: number) => {
    const gateway = fakeGateway(scripts);
    return { gateway, watcher: watching(gateway, pollInterval) };
  };

  describe("a single poll", () => {
    test("gives up after a minute by default, or at the given time", async () => {
      const { watcher } = scripted({ describeTaskAttribute: [ecsError("throttled")] });
      await expect(clock.runUntil(watcher.poll(anImport()))).rejects.toMatchObject({ kind: "throttled" });
      expect(clock.now() - START).toBeLessThanOrEqual(60_000);
      const begun = clock.now();
      await expect(clock.runUntil(watcher.poll(anImport(), { until: begun + 5_000 }))).rejects.toMatchObject({ kind: "throttled" });
      expect(clock.now() - begun).toBeLessThanOrEqual(5_000);
    });
  });
  describe("batching", () => {
    interface Plan {
      readonly start: number;
      readonly duration: number;
    }

    /** Tasks that run as planned, with their images' progress in the list of images. */
    function world(plans: readonly Plan[]) {
      const operations: Operation[] = plans.map(({ start }, i) =>
        anImport({ taskId: `t-${i}`, imageId: `m-${i}`, startedAt: START + start }),
      );
      const progress = (i: number): number =>
        Math.min(100, Math.max(0, Math.floor((100 * (clock.now() - START - plans[i]!.start)) / plans[i]!.duration)));
      const taskOf = (i: number) =>
        aTask({ taskId: `t-${i}`, resourceId: `m-${i}`, status: progress(i) >= 100 ? "Finished" : "Processing" });
      const imageOf = (i: number) =>
        anImage({ imageId: `m-${i}`, status: progress(i) >= 100 ? "Available" : "Creating", progress: progress(i) });
      const begun = (): number[] => plans.flatMap(({ start }, i) => (clock.now() >= START + start ? [i] : []));
      const batches: number[] = [];
      const gateway = fakeGateway({
        describeTasks: async (_, { taskIds }) => (
          batches.push(taskIds!.length),
          page(...taskIds!.map((id) => taskOf(Number(id.slice(2)))))
        ),
        describeTaskAttribute: async (_, id) => ({
          ...details(taskOf(Number(id.slice(2)))),
          resourceId: undefined,
          progress: progress(Number(id.slice(2))),
        }),
        describeImages: async (_, { imageId, page: number = 1, pageSize = 10 }) => {
          const all = imageId ? [Number(imageId.slice(2))] : begun();
          return { items: all.slice((number - 1) * pageSize, number * pageSize).map(imageOf), total: all.length };
        },
      });
      return { operations, gateway, batches };
    }

    test("sends at most a hundred ids a call and few calls in all, and notices each end within eight seconds", async () => {
      const all: number[] = [];
      const plan = fc.record({ start: fc.integer({ min: 0, max: 30_000 }), duration: fc.integer({ min: 1_000, max: 1_800_000 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 160 }), async (plans) => {
          clock = new FakeClock();
          const { operations, gateway, batches } = world(plans);
          const watcher = watching(gateway);
          const lags: number[] = [];
          await clock.runUntil(
            Promise.all(
              operations.map(async (operation, i) => {
                await clock.sleep(plans[i]!.start);
                const { assessment } = await watcher.until(operation, never);
                expect(assessment.state).toBe("finished");
                lags.push(clock.now() - START - plans[i]!.start - plans[i]!.duration);
              }),
            ),
          );
          const seconds = (clock.now() - START) / 1_000;
          lags.sort((a, b) => a - b);
          all.push(...lags);
          expect(Math.max(0, ...batches)).toBeLessThanOrEqual(100);
          expect(lags[0]).toBeGreaterThanOrEqual(0);
          expect(lags.at(-1)).toBeLessThanOrEqual(8_000);
          expect(gateway.calls.length).toBeLessThanOrEqual(50 + operations.length + (operations.length / 50 + 1) * (seconds / 4));
          expect(clock.pending).toBe(0);
        }),
        { numRuns: 25, endOnFailure: true },
      );
      // The median of all ends: that of a single run depends on chance.
      all.sort((a, b) => a - b);
      expect(all[all.length >> 1]).toBeLessThanOrEqual(3_000);
    });

    /** Ends that are spread over twenty seconds, as those of imports of several disks are. */
    const spreadOver = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ start: 0, duration: 40_000 + ((i * 37) % 100) * 200 }));

    test.each([
      [10, 18],
      [100, 45],
    ])("%i imports of about a minute take at most %i reads", async (count, most) => {
      const plans = spreadOver(count);
      const { operations, gateway } = world(plans);
      const watcher = watching(gateway);
      await clock.runUntil(Promise.all(operations.map((operation) => watcher.until(operation, never))));
      expect(gateway.calls.length).toBeLessThanOrEqual(most);
    });

    test("a wait does not begin with a poll if the start polled a moment ago", async () => {
      const { operations, gateway } = world([{ start: 0, duration: 60_000 }]);
      const watcher = watching(gateway);
      await clock.runUntil(watcher.poll(operations[0]!));
      void watcher.until(operations[0]!, never);
      await clock.advance(500);
      expect(gateway.calls).toHaveLength(1);
      await clock.advance(1_000);
      expect(gateway.calls).toHaveLength(2);
    });

    test("a wait begins with a poll if the last one was two seconds ago", async () => {
      const { operations, gateway } = world([{ start: 0, duration: 60_000 }]);
      const watcher = watching(gateway);
      await clock.runUntil(watcher.poll(operations[0]!));
      await clock.advance(2_000);
      void watcher.until(operations[0]!, never);
      await clock.advance(100);
      expect(gateway.calls).toHaveLength(2);
    });

    test("a failed task is noticed within 15 s although its image still shows Creating", async () => {
      const failsAt = START + 30_000;
      const ids = [0, 1, 2];
      const { watcher } = scripted({
        describeTasks: async () =>
          page(
            ...ids.map((i) => aTask({ taskId: `t-${i}`, resourceId: `m-${i}`, status: clock.now() < failsAt ? "Processing" : "Failed" })),
          ),
        describeImages: async () => page(...ids.map((i) => anImage({ imageId: `m-${i}`, status: "Creating" }))),
      });
      const waits = ids.map((i) => watcher.until(anImport({ taskId: `t-${i}`, imageId: `m-${i}` }), never));
      const endings = await clock.runUntil(Promise.all(waits));
      expect(endings.map(({ assessment }) => assessment)).toEqual(ids.map(() => ({ state: "failed", status: "Failed" })));
      expect(clock.now() - failsAt).toBeLessThan(15_000);
    });

    test("images that hide their tags in creation are listed only now and then", async () => {
      const ids = [0, 1, 2];
      const { gateway, watcher } = scripted({
        describeTasks: async () => page(...ids.map((i) => aTask({ taskId: `t-${i}`, resourceId: `m-${i}` }))),
        describeImages: [page()],
      });
      for (const i of ids) void watcher.until(anImport({ taskId: `t-${i}`, imageId: `m-${i}` }), never);
      await clock.advance(60_000);
      const lists = gateway.calls.filter(({ method }) => method === "describeImages").length;
      expect(lists).toBeLessThanOrEqual(7);
      expect(gateway.calls.length - lists).toBeGreaterThan(12);
    });

    test("250 operations take three calls a poll", async () => {
      const { operations, batches, gateway } = world(Array.from({ length: 250 }, () => ({ start: 0, duration: 60_000 })));
      await clock.runUntil(Promise.all(operations.map((operation) => watching(gateway).poll(operation))));
      const watcher = watching(gateway);
      batches.length = 0;
      await clock.runUntil(Promise.all(operations.map((operation) => watcher.poll(operation))));
      expect(batches).toEqual([100, 100, 50]);
    });
  });
});
