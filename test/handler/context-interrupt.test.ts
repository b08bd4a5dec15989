import type { EcsTraits } from "../support/handler/ecs-traits";
import { Life, startImport } from "../support/handler/life";
import { waitFor } from "../support/handler/waiting-for";

const HOUR = 3_600_000;

describe("an apply that is stopped while its operations run", () => {
  describe("contract row 4: interrupt", () => {
    test("a running import is cancelled within a second of Ctrl-C, and Terraform has its answer within five", async () => {
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

    test("an import that an earlier run started is cancelled within a second of Ctrl-C, too", async () => {
      const life = new Life("import", { duration: HOUR, latency: 200 });
      await life.apply({ onInterrupt: "detach", mishap: { what: "interrupt", at: 10_000 } });
      expect(life.model.running()).toHaveLength(1);
      const begun = life.clock.now();
      await life.apply({ mishap: { what: "interrupt", at: 20_000 } });
      const cancel = life.model.calls.find(({ action }) => action === "CancelTask")!;
      expect(cancel.at - begun).toBeLessThan(21_000);
      expect(life.model.running()).toEqual([]);
    });

    test("while ImportImage is unanswered, Terraform has its answer within five seconds, and the import is cancelled once ECS answers", async () => {
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

    test("a start that ECS throttles is not sent again after Ctrl-C", async () => {
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
      "the task is cancelled within a second, and its image (%s) is removed before the process exits",
      async (cancelledImage) => {
        const life = new Life("import", { duration: HOUR, cancelledImage });
        await life.apply({ mishap: { what: "orphaned", at: 30_000 } });
        const cancel = life.model.calls.find(({ action }) => action === "CancelTask")!;
        expect(cancel.at - life.model.jobs[0]!.startedAt).toBeLessThan(31_000);
        expect(life.model.running()).toEqual([]);
        expect(life.model.images()).toEqual([]);
      },
    );

    test("Ctrl-C on cdktf deploy, which interrupts Terraform and then kills it, leaves neither task nor image, even while ImportImage is unanswered", async () => {
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

    test('an operation with on_interrupt = "detach" keeps running', async () => {
      const life = new Life("import", { duration: HOUR });
      await life.apply({ onInterrupt: "detach", mishap: { what: "orphaned", at: 30_000 } });
      expect(life.model.running()).toHaveLength(1);
    });
  });

  describe("contract row 3: timeout", () => {
    test("a timeout cancels the task, removes its image, and reports the timeout first and the outcome of the cancel second", async () => {
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

    test("if the cancel fails, the error is still the timeout, and the operation stays in the state", async () => {
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
