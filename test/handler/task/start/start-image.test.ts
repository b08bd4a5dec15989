import { lostStarts } from "../../../../lib/handler/task/start/lost-starts";
import {
  anImage,
  anImport,
  aTask,
  details,
  ecsError,
  IMAGE,
  page,
  FINGERPRINT,
  MINE,
  REQUEST_TAG_KEY,
  TASK,
} from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting, type Starting } from "../../../support/handler/start";
import { fresh, IDS, importing } from "../../../support/handler/importing";

describe("starting an import or a copy", () => {
  test("calls ImportImage once, and returns and claims what it started", async () => {
    const start = starting(fresh);
    const started = await start.clock.runUntil(importing(start));
    expect(started).toEqual({ operation: anImport({ startedAt: started.operation.startedAt }), generation: 0 });
    expect(start.gateway.of("importImage")).toHaveLength(1);
    expect(start.deps.claims.has(started.operation)).toBe(true);
  });

  test("waits for a new RAM role, each time with another client token, because ECS may repeat its refusal for the same one", async () => {
    const start = starting({ ...fresh, importImage: [ecsError("no-role"), ecsError("no-role"), IDS] as never });
    const { operation } = await start.clock.runUntil(importing(start));
    expect(operation.taskId).toBe(TASK);
    expect(start.clock.now() - START).toBeGreaterThanOrEqual(10_000);
    expect(new Set(start.gateway.of("importImage").map(([, , token]) => token)).size).toBe(3);
  });

  test("fails with ECS's refusal if the RAM role does not appear within a minute", async () => {
    const start = starting({ ...fresh, importImage: [ecsError("no-role")] as never });
    await expect(start.clock.runUntil(importing(start))).rejects.toThrow("NoSetRoletoECSServiceAcount");
    expect(start.clock.now() - START).toBeLessThanOrEqual(61_000);
  });

  test("returns a copy without a task id", async () => {
    const start = starting({ describeImages: async (_, { imageId }) => (imageId ? page(anImage({ status: "Creating" })) : page()) });
    const { operation } = await start.clock.runUntil(
      importing(start, { kind: "copy", call: async () => ({ taskId: null, imageId: IMAGE }) }),
    );
    expect(operation).toMatchObject({ kind: "copy", taskId: null, imageId: IMAGE });
  });

  test("returns the ids although ECS refuses the poll after the start", async () => {
    const start = starting({ ...fresh, describeTaskAttribute: [ecsError("forbidden")] });
    expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
  });

  describe("contract row 4: an interrupt", () => {
    test("before ImportImage calls nothing", async () => {
      const start = starting(fresh);
      start.run.stop("interrupt");
      await expect(importing(start)).rejects.toMatchObject({ name: "InterruptedError" });
      expect(start.gateway.calls).toEqual([]);
    });

    test("during the poll that shows the answer to be stale neither cancels nor returns the old operation", async () => {
      const start = starting({
        describeImages: [page()],
        importImage: [{ taskId: "t-old", imageId: "m-old" }],
        describeTaskAttribute: async () => {
          start.run.stop("interrupt");
          return details({ taskId: "t-old", status: "Deleted" });
        },
      });
      await expect(start.clock.runUntil(importing(start))).rejects.toMatchObject({ name: "InterruptedError" });
      expect(start.gateway.of("cancelTask")).toEqual([]);
      expect(start.ended).toEqual([]);
    });

    test("during the poll that shows the answer to be fresh returns the operation, so that the run cancels it", async () => {
      const start = starting({
        ...fresh,
        describeTaskAttribute: async () => {
          start.run.stop("interrupt");
          return details();
        },
      });
      expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
    });

    test("while the poll is unanswered ends within 5.5 s, and an operation that proves to be fresh is cancelled", async () => {
      const start: Starting = starting({
        ...fresh,
        describeTaskAttribute: async () => (await start.clock.sleep(8_000), details()),
      });
      const outcome = importing(start);
      await start.clock.advance(1_000);
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(outcome)).rejects.toMatchObject({ name: "UnresolvedStartError" });
      expect(start.clock.now() - START).toBeLessThan(5_500);
      await start.clock.advance(10_000);
      expect(start.ended.map(({ taskId }) => taskId)).toEqual([TASK]);
    });

    test("while ImportImage is unanswered: the late operation is cancelled if it is fresh, and left alone if it is stale", async () => {
      for (const [status, cancelled] of [
        ["Processing", [TASK]],
        ["Deleted", []],
      ] as const) {
        const start: Starting = starting({
          ...fresh,
          describeTaskAttribute: [details({ status })],
          importImage: async () => (await start.clock.sleep(20_000), IDS),
        });
        const outcome = importing(start);
        await start.clock.advance(1_000);
        start.run.stop("interrupt");
        await expect(start.clock.runUntil(outcome)).rejects.toMatchObject({ name: "UnresolvedStartError" });
        await start.clock.advance(30_000);
        expect(start.ended.map(({ taskId }) => taskId)).toEqual(cancelled);
      }
    });
  });

  test("an unresolved start is found by its start key and request, unless the state already owns it", async () => {
    const creationTime = new Date(START).toISOString();
    const start = starting({
      describeImages: [
        page(
          anImage({ imageId: "m-1", tags: MINE, creationTime }),
          anImage({ imageId: "m-2", tags: MINE, creationTime }),
          anImage({ imageId: "m-owned", tags: MINE, creationTime }),
          anImage({ imageId: "m-before", tags: MINE, creationTime: new Date(START - 3_600_000).toISOString() }),
          anImage({ imageId: "m-other", tags: { ...MINE, [REQUEST_TAG_KEY]: "something-else" }, creationTime }),
        ),
      ],
      describeTasks: async (_, { resourceIds }) => page(aTask({ taskId: `t-${resourceIds![0]}`, resourceId: resourceIds![0] })),
    });
    start.ownership.see(anImport({ imageId: "m-owned" }));
    const unresolved = anImport({ taskId: null, imageId: null });
    const marks = { startKey: "stack/web", fingerprint: FINGERPRINT };
    const found = await start.clock.runUntil(lostStarts("import", unresolved, marks, start.deps, START + 60_000));
    expect(found.map(({ taskId, imageId }) => [taskId, imageId])).toEqual([
      ["t-m-1", "m-1"],
      ["t-m-2", "m-2"],
    ]);
  });
});
