import type { EcsTraits } from "../support/handler/ecs-traits";
import { Life, startImport } from "../support/handler/life";
import { waitFor } from "../support/handler/waiting-for";

const HOUR = 3_600_000;

describe("everything put together, interrupted", () => {
  describe("contract row 4: interrupt", () => {
    test("the cancel goes out within a second, and Terraform is let go within five", async () => {
      const life = new Life("import", { duration: HOUR, latency: 200 });
      const { completed, heldUp } = await life.apply({ mishap: { what: "interrupt", at: 30_000 } });
      const cancel = life.model.calls.find(({ action }) => action === "CancelTask")!;
      expect(cancel.at - life.model.jobs[0]!.startedAt).toBeLessThan(31_000);
      expect(heldUp).toBeLessThan(5_000);
      expect(completed).toMatchObject({ ok: false, error: { name: "InterruptedError" } });
      expect(life.model.running()).toEqual([]);
    });

    test("fifty operations are all cancelled within a second", async () => {
      const life = new Life("import", { duration: HOUR });
      const { context } = life.boot();
      const names = Array.from({ length: 50 }, (_, i) => `web-${i}`);
      const started = await life.clock.runUntil(
        Promise.all(names.map((name) => startImport(context, { startKey: name, imageName: name }))),
      );
      const waits = started.map(async ({ operation }) => (await context.run.started(operation), waitFor(context, operation)));
      await life.clock.advance(60_000);
      const stopped = life.clock.now();
      context.run.stop("interrupt");
      const outcomes = await life.clock.runUntil(Promise.all(waits));
      expect(life.clock.now() - stopped).toBeLessThan(5_000);
      expect(outcomes.every((outcome) => !outcome.ok && /^Import t-\S+ of \S+ .* was cancelled/.test(outcome.cleanup))).toBe(true);
      const cancels = life.model.calls.filter(({ action }) => action === "CancelTask");
      expect(cancels).toHaveLength(50);
      expect(Math.max(...cancels.map(({ at }) => at)) - stopped).toBeLessThan(1_000);
    });

    test("an operation of an earlier run, too, is cancelled within a second", async () => {
      const life = new Life("import", { duration: HOUR, latency: 200 });
      await life.apply({ onInterrupt: "detach", mishap: { what: "interrupt", at: 10_000 } });
      expect(life.model.running()).toHaveLength(1);
      const begun = life.clock.now();
      await life.apply({ mishap: { what: "interrupt", at: 20_000 } });
      const cancel = life.model.calls.find(({ action }) => action === "CancelTask")!;
      expect(cancel.at - begun).toBeLessThan(21_000);
      expect(life.model.running()).toEqual([]);
    });

    test("while ImportImage's answer is outstanding, Terraform is let go, and the late answer is cancelled", async () => {
      const life = new Life("import", { duration: HOUR, latency: 12_000 });
      const { context } = life.boot();
      const start = startImport(context);
      // The first call looks for what an earlier run left.
      await life.clock.advance(20_000);
      context.run.stop("interrupt");
      const stopped = life.clock.now();
      await expect(life.clock.runUntil(start)).rejects.toMatchObject({ name: "UnresolvedStartError" });
      expect(life.clock.now() - stopped).toBeLessThanOrEqual(5_000);
      await life.clock.advance(60_000);
      expect(life.model.running()).toEqual([]);
      expect(life.model.jobs).toHaveLength(1);
    });

    test("nothing is started by a run that was interrupted while ECS turned its start away", async () => {
      const life = new Life("import", { faults: ["none", "throttled"], latency: 1_000 });
      const { context } = life.boot();
      const start = startImport(context);
      await life.clock.advance(1_200);
      context.run.stop("interrupt");
      await expect(life.clock.runUntil(start)).rejects.toMatchObject({ name: "InterruptedError" });
      await life.clock.advance(60_000);
      expect(life.model.jobs).toHaveLength(0);
    });
  });

  describe("contract row 5: the Terraform process dies", () => {
    test.each<EcsTraits["cancelledImage"]>(["gone", "CreateFailed", "UnAvailable"])(
      "the task is cancelled within three seconds and the image it leaves (%s) is removed before the process exits",
      async (cancelledImage) => {
        const life = new Life("import", { duration: HOUR, cancelledImage });
        await life.apply({ mishap: { what: "orphaned", at: 30_000 } });
        const cancel = life.model.calls.find(({ action }) => action === "CancelTask")!;
        expect(cancel.at - life.model.jobs[0]!.startedAt).toBeLessThan(31_000);
        expect(life.model.running()).toEqual([]);
        expect(life.model.images()).toEqual([]);
      },
    );

    test("Ctrl-C on cdktf deploy (an interrupt, then its death) leaves neither task nor image, even when answers are lost", async () => {
      const life = new Life("import", { duration: HOUR, cancelledImage: "CreateFailed", latency: 12_000 });
      const { context } = life.boot();
      context.run.track(startImport(context).then(({ operation }) => context.run.started(operation))).catch(() => undefined);
      await life.clock.advance(20_000);
      context.run.stop("interrupt");
      await life.clock.advance(50);
      context.run.stop("orphaned");
      await life.clock.runUntil(context.run.drain());
      expect(life.model.jobs).toHaveLength(1);
      expect(life.model.running()).toEqual([]);
      expect(life.model.images()).toEqual([]);
    });

    test("an operation that is to be detached keeps running", async () => {
      const life = new Life("import", { duration: HOUR });
      await life.apply({ onInterrupt: "detach", mishap: { what: "orphaned", at: 30_000 } });
      expect(life.model.running()).toHaveLength(1);
    });
  });

  describe("contract row 3: timeout", () => {
    test("cancels, removes what is left, and tells the timeout first and the cancel's outcome after it", async () => {
      const life = new Life("import", { duration: HOUR, cancelledImage: "CreateFailed" });
      const { completed } = await life.apply({ timeout: 20_000 });
      expect(completed).toMatchObject({
        ok: false,
        status: "Deleted",
        error: { name: "DeadlineError" },
        cleanup: "It was cancelled (ECS shows it as Deleted); its image was removed.",
      });
      expect(life.model.images()).toEqual([]);
    });

    test("a cancel that fails does not take the timeout's place, and the operation stays in the state", async () => {
      const life = new Life("import", { duration: HOUR, cancelFails: 99 });
      const { completed } = await life.apply({ timeout: 20_000 });
      expect(completed).toMatchObject({
        ok: false,
        error: { name: "DeadlineError", message: expect.stringContaining("did not end within the time limit") as string },
        cleanup: expect.stringContaining("CancelTaskFailed") as string,
      });
      expect(life.state).not.toBeNull();
    });
  });
});
