import { getEventListeners } from "node:events";
import { Context } from "../../lib/handler/context";
import type { Operation } from "../../lib/handler/task/operation";
import type { EcsTraits } from "../support/handler/ecs-traits";
import { REGION } from "../support/handler/builders";
import { FakeClock } from "../support/handler/clock";
import { Life, startImport, type ImportOptions } from "../support/handler/life";
import { waitFor } from "../support/handler/waiting-for";

const HOUR = 3_600_000;

describe("the context of a provider", () => {
  test("before the provider is configured, settings and gateway throw 'not configured', and there is no default region", () => {
    const context = new Context(new FakeClock(), Math.random, () => undefined);
    expect(() => context.settings).toThrow("not configured");
    expect(() => context.gateway).toThrow("not configured");
    expect(context.defaultRegion).toBeNull();
  });

  test("all operations of a region share one watcher and one starter", () => {
    const { context } = new Life("import").boot();
    expect(context.watcher(REGION)).toBe(context.watcher(REGION));
    expect(context.watcher(REGION)).not.toBe(context.watcher("cn-beijing"));
    expect(context.starting(REGION)).toBe(context.starting(REGION));
  });

  test.each([
    [10, 120],
    [50, 100],
  ])(
    "fifty imports of 150 s, started %d at a time, take at most %d reads, and each wait ends at most six seconds after its task",
    async (parallelism, reads) => {
      const life = new Life("import", { duration: 150_000 });
      const { context } = life.boot();
      const queue = Array.from({ length: 50 }, (_, i) => `web-${i}`);
      const operations: Operation[] = [];
      const startAll = async (): Promise<void> => {
        for (let name = queue.shift(); name !== undefined; name = queue.shift())
          operations.push((await startImport(context, { startKey: name, imageName: name })).operation);
      };
      await life.clock.runUntil(Promise.all(Array.from({ length: parallelism }, startAll)));
      const lags: number[] = [];
      const waits = operations.map(async (operation) => {
        expect(await waitFor(context, operation)).toEqual({ ok: true, status: "Finished" });
        lags.push(life.clock.now() - operation.startedAt - 150_000);
      });
      await life.clock.runUntil(Promise.all(waits));
      expect(Math.max(...lags)).toBeLessThanOrEqual(6_000);
      expect(life.model.reads()).toBeLessThanOrEqual(reads);
      expect(life.clock.pending).toBe(0);
      expect(getEventListeners(context.run.signal, "abort")).toEqual([]);
    },
  );

  test("fifty imports take at most 150 reads even if ECS hides the tags of images in creation", async () => {
    const life = new Life("import", { duration: 150_000, tagsWhileCreating: false, availableDelay: 4_000 });
    const { context } = life.boot();
    const names = Array.from({ length: 50 }, (_, i) => `web-${i}`);
    const started = await life.clock.runUntil(Promise.all(names.map((name) => startImport(context, { startKey: name, imageName: name }))));
    const ends = await life.clock.runUntil(Promise.all(started.map(({ operation }) => waitFor(context, operation))));
    expect(ends.every(({ ok }) => ok)).toBe(true);
    expect(life.model.reads()).toBeLessThanOrEqual(150);
  });

  test("the wait for an import of one second ends within three seconds", async () => {
    const life = new Life("import", { duration: 1_000 });
    const { completed } = await life.apply();
    expect(completed).toEqual({ ok: true, status: "Finished" });
    expect(life.clock.now() - life.model.jobs[0]!.startedAt).toBeLessThan(3_000);
  });

  test("two identical imports without an image name get one task each", async () => {
    const life = new Life("import");
    const { context } = life.boot();
    const options: ImportOptions = { imageName: "", takeOverMade: false };
    const [first, second] = await life.clock.runUntil(Promise.all([startImport(context, options), startImport(context, options)]));
    expect(life.model.jobs).toHaveLength(2);
    expect(first.operation.taskId).not.toBe(second.operation.taskId);
  });

  describe("contract row 6: destroy and apply again within the life of ECS's tokens", () => {
    test.each<EcsTraits["afterCancel"]>(["Deleted", "Failed", "Cancelled", "unlisted"])(
      "six applies that time out, each followed by a destroy, start one new task each if ECS shows a cancelled task as %s",
      async (afterCancel) => {
        const life = new Life("import", { afterCancel, duration: HOUR });
        for (let round = 0; round < 6; round++) {
          const begun = life.clock.now();
          await life.apply({ timeout: 5_000 });
          // A round takes the timeout, the cancel, and a moment for each client token that earlier rounds have used.
          expect(life.clock.now() - begun).toBeLessThan(10_000 + round * (afterCancel === "unlisted" ? 3_000 : 500));
          expect(await life.destroy()).toBe(true);
          expect(life.model.running()).toEqual([]);
        }
        expect(life.model.jobs).toHaveLength(6);
        expect(life.model.mostAtOnce).toBe(1);
      },
    );

    test("if ECS lists a task later than expected, the import succeeds with at most two starts, never two at once", async () => {
      const life = new Life("import", { lag: 8_000, duration: 60_000 });
      expect((await life.apply()).completed).toEqual({ ok: true, status: "Finished" });
      expect(life.model.jobs.length).toBeLessThanOrEqual(2);
      expect(life.model.mostAtOnce).toBe(1);
    });

    test("the next apply takes over the import that a killed one started", async () => {
      const life = new Life("import", { duration: 60_000 });
      await life.apply({ mishap: { what: "killed", at: 10_000 } });
      expect(life.state).toBeNull();
      expect((await life.apply()).completed).toEqual({ ok: true, status: "Finished" });
      expect(life.model.jobs).toHaveLength(1);
    });
  });

  describe("contract row 13: a lost answer", () => {
    test.each(["before", "after"] as const)(
      "if answers to ImportImage are lost %s they take effect, and others are throttled, exactly one task starts",
      async (lost) => {
        const faults = ["none", lost, "throttled", lost, "throttled", "throttled"] as const;
        const life = new Life("import", { faults, duration: 30_000 });
        expect((await life.apply()).completed).toEqual({ ok: true, status: "Finished" });
        expect(life.model.jobs).toHaveLength(1);
      },
    );

    test.each(["before", "after"] as const)(
      "if the answer to ExportImage is lost %s it takes effect, exactly one task starts",
      async (lost) => {
        const life = new Life("export", { faults: ["none", lost, "throttled"], duration: 30_000 });
        expect((await life.apply()).completed).toEqual({ ok: true, status: "Finished" });
        expect(life.model.jobs).toHaveLength(1);
      },
    );
  });
});
