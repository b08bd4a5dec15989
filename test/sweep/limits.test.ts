import type { EcsEmulatorOptions } from "../../lib/emulator";
import { FAULT_SCENARIOS, type FaultScenario } from "./faults/scenarios";
import { Sandbox, type Ran } from "./faults/sandbox";

const MINUTE = 60_000;

async function struck(
  name: string,
  prepare: (sandbox: Sandbox) => void,
  check: (sandbox: Sandbox, ran: Ran) => void | Promise<void>,
  options?: EcsEmulatorOptions,
): Promise<void> {
  const scenario = FAULT_SCENARIOS.find((other): other is FaultScenario => other.name === name)!;
  const sandbox = new Sandbox(scenario, options);
  await sandbox.ecs.start();
  try {
    await sandbox.prepare();
    prepare(sandbox);
    await check(sandbox, await sandbox.struck());
    sandbox.ecs.faults.clear();
    expect(await sandbox.comesToRest()).toEqual([]);
  } finally {
    await sandbox.ecs.stop();
  }
}

describe("every wait ends at its time limit, not earlier or later", () => {
  test("a destroy of a task that cannot be cancelled waits for its end, then deletes the image", () =>
    struck(
      "destroy: import that runs",
      ({ ecs }) => ecs.faults.add({ action: "CancelTask", error: { status: 403, code: "InvalidTaskId.TaskActionNotSupport" } }),
      ({ ecs, sourceId }, { errors, took }) => {
        expect(errors).toEqual([]);
        expect(took).toBeGreaterThan(9 * MINUTE);
        expect(took).toBeLessThan(12 * MINUTE);
        expect(ecs.images.map(({ id }) => id)).toEqual([sourceId]);
      },
      { taskDuration: 10 * MINUTE },
    ));

  test("a destroy of a task that cannot be cancelled and outlasts timeouts.delete fails then, and says that it still runs", () =>
    struck(
      "destroy: import that runs",
      ({ ecs }) => ecs.faults.add({ action: "CancelTask", error: { status: 403, code: "InvalidTaskId.TaskActionNotSupport" } }),
      (sandbox, { errors, took }) => {
        expect(errors.map(({ detail }) => detail)).toEqual([
          expect.stringMatching(/does not support cancelling import t-.*still running.*timeouts\.delete/s),
        ]);
        expect(took).toBeGreaterThan(19 * MINUTE);
        expect(took).toBeLessThan(21 * MINUTE);
        expect(sandbox.untruths()).toEqual([]);
      },
    ));

  test.each(["destroy: import that runs", "destroy: export that runs"])(
    "a destroy whose CancelTask is never answered fails at timeouts.delete (%s)",
    (name) =>
      struck(
        name,
        ({ ecs }) => ecs.faults.add({ action: "CancelTask", hang: true }),
        (sandbox, { errors, took }) => {
          expect(errors).toHaveLength(1);
          expect(errors[0]!.detail).toContain("CancelTask");
          expect(took).toBeGreaterThan(18 * MINUTE);
          expect(took).toBeLessThan(21 * MINUTE);
          expect(sandbox.untruths()).toEqual([]);
        },
      ),
  );

  test("an import that cannot start fails at timeouts.create, after ten minutes", () =>
    struck(
      "apply: import",
      ({ ecs }) => ecs.faults.add({ action: "ImportImage", error: { status: 403, code: "ImageIsImporting" } }),
      (_, { errors, took }) => {
        expect(errors.map(({ detail }) => detail)).toEqual([expect.stringContaining("ImageIsImporting")]);
        expect(took).toBeGreaterThan(9 * MINUTE);
        expect(took).toBeLessThan(11 * MINUTE);
      },
    ));

  test("a completion times out after its two hours, and the error names the operation", () =>
    struck(
      "apply: import",
      ({ ecs }) => void (ecs.durations.ImportImage = 5 * 60 * MINUTE),
      (_, { errors, took }) => {
        expect(errors.map(({ detail }) => detail)).toEqual([
          expect.stringMatching(/^Import t-\S+ of \S+ \(image m-\S+, cn-hangzhou\) did not end within 2h of its start\. It was cancelled/),
        ]);
        expect(took).toBeGreaterThanOrEqual(120 * MINUTE);
        expect(took).toBeLessThan(121 * MINUTE);
      },
    ));

  test.each(["interrupt: import", "interrupt: copy"])(
    "after Ctrl-C the run ends within four seconds although cancels are never answered (%s)",
    (name) =>
      struck(
        name,
        ({ ecs }) => ecs.faults.add({ action: ["CancelTask", "CancelCopyImage"], hang: true }),
        (sandbox, { errors, took }) => {
          expect(errors).toHaveLength(1);
          expect(errors[0]!.summary).toContain("Interrupted");
          expect(took).toBeLessThanOrEqual(30_000 + 4_000);
          expect(sandbox.untruths()).toEqual([]);
        },
      ),
  );
});
