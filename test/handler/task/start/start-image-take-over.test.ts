import type { Scripts } from "../../../support/handler/gateway";
import { anImage, anImport, aTask, details, ecsError, IMAGE, page, MINE, REQUEST_TAG_KEY } from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting } from "../../../support/handler/start";
import { fresh, IDS, importing } from "../../../support/handler/importing";

describe("starting an image that an earlier run may have started", () => {
  describe("contract row 6: takes over what a crashed run started", () => {
    test.each(["Waiting", "Creating", "Available"])(
      "an image in %s with our start key and request is taken over with its task",
      async (status) => {
        const start = starting({
          describeImages: [page(anImage({ status, tags: MINE, creationTime: "2026-07-31T23:00:00Z" }))],
          describeTasks: [page(aTask())],
        });
        const started = await start.clock.runUntil(importing(start));
        expect(started.operation).toEqual(anImport({ startedAt: Date.UTC(2026, 6, 31, 23) }));
        expect(started.takenOver?.note).toMatch(new RegExp(`was started by an earlier run .* ECS shows its image as ${status}`));
        expect(start.gateway.of("importImage")).toEqual([]);
      },
    );

    test("a usable image is not taken over if another resource may have the same start key", async () => {
      const start = starting(
        { ...fresh, describeImages: [page(anImage({ tags: MINE }))], describeTasks: [page()] },
        { takeOverMade: false },
      );
      expect((await start.clock.runUntil(importing(start))).takenOver).toBeUndefined();
      expect(start.discarded).toEqual([]);
    });

    test.each(["CreateFailed", "UnAvailable"])(
      "a broken image (%s) is taken over, so that the state names it and a destroy removes it",
      async (status) => {
        const start = starting({ describeImages: [page(anImage({ status, tags: MINE }))], describeTasks: [page()] });
        const started = await start.clock.runUntil(importing(start));
        expect(started).toMatchObject({ operation: { imageId: IMAGE }, takenOver: { image: { status } } });
        expect(start.discarded).toEqual([]);
      },
    );

    test.each(["Creating", "Available", "CreateFailed"])(
      "an image (%s) with our start key but another request is an error that names both, and is left alone",
      async (status) => {
        const tags = { ...MINE, [REQUEST_TAG_KEY]: "something-else" };
        const start = starting({ describeImages: [page(anImage({ name: "other", status, tags }))], describeTasks: [page()] });
        await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
          new RegExp(
            `Image ${IMAGE} \\("other", ${status}\\) has start_key "stack/web".*asks for an import of disks/web\\.raw\\. Nothing was started, cancelled or deleted.*another start_key.*terraform import \\(id cn-hangzhou/${IMAGE}\\)`,
          ),
        );
        expect(start.gateway.calls.filter(({ method }) => !method.startsWith("describe"))).toEqual([]);
        expect(start.discarded).toEqual([]);
      },
    );

    test("an image of this request is taken over although another one has the same start key", async () => {
      const other = anImage({ imageId: "m-other", status: "Creating", tags: { ...MINE, [REQUEST_TAG_KEY]: "something-else" } });
      const start = starting({ describeImages: [page(other, anImage({ status: "Creating", tags: MINE }))], describeTasks: [page()] });
      expect((await start.clock.runUntil(importing(start))).operation.imageId).toBe(IMAGE);
    });

    test("an image that this state owns is not taken over: a new import starts beside it with another client token", async () => {
      const start = starting({
        importImage: [{ taskId: "t-owned", imageId: "m-owned" }, IDS],
        describeImages: async (_, { imageId }) => (imageId ? page() : page(anImage({ imageId: "m-owned", tags: MINE }))),
        describeTaskAttribute: [details()],
      });
      start.ownership.see(anImport({ taskId: "t-owned", imageId: "m-owned" }));
      const started = await start.clock.runUntil(importing(start));
      expect(started).toMatchObject({ operation: IDS, generation: 1 });
      expect(started.takenOver).toBeUndefined();
    });

    describe("if the plan was made on another machine, so that this apply does not know what the state owns", () => {
      const elsewhere = { read: () => null, write: () => undefined };

      test("a running task is taken over", async () => {
        const scripts: Scripts = { describeImages: [page(anImage({ status: "Creating", tags: MINE }))], describeTasks: [page(aTask())] };
        const start = starting(scripts, {}, elsewhere);
        expect((await start.clock.runUntil(importing(start))).takenOver).toBeDefined();
      });

      test("a finished image is an error, because this apply may be replacing it", async () => {
        const start = starting({ describeImages: [page(anImage({ tags: MINE }))], describeTasks: [page(aTask())] }, {}, elsewhere);
        await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
          /does not know whether this state already owns.*Nothing was started.*without a saved plan.*terraform import/,
        );
      });
    });

    test("an image that another resource of this run has is not taken over", async () => {
      const start = starting({
        ...fresh,
        importImage: [IDS, { taskId: "t-2", imageId: "m-2" }],
        describeTaskAttribute: async (_, taskId) => details({ taskId }),
      });
      const [first, second] = await start.clock.runUntil(Promise.all([importing(start), importing(start)]));
      expect([first.operation.imageId, second.operation.imageId]).toEqual([IMAGE, "m-2"]);
    });

    test("a client token that leads to an ended task is followed by the next one", async () => {
      const start = starting({
        describeImages: [page()],
        importImage: [{ taskId: "t-old", imageId: "m-old" }, IDS],
        describeTaskAttribute: async (_, taskId) => details({ taskId, status: taskId === "t-old" ? "Deleted" : "Processing" }),
      });
      const started = await start.clock.runUntil(importing(start));
      expect(started).toMatchObject({ operation: IDS, generation: 1 });
      const tokens = start.gateway.of("importImage").map(([, , token]) => token);
      expect(new Set(tokens).size).toBe(2);
    });

    test("a client token that was used for another request is followed by the next one", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("token-mismatch"), IDS] });
      expect(await start.clock.runUntil(importing(start))).toMatchObject({ generation: 1 });
    });

    test("an endless chain of used client tokens fails with advice to set another start_key", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("token-mismatch")] });
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /start_key "stack\/web" has been used too often.*Set another start_key/,
      );
    });

    test("a chain of client tokens that each take seconds fails at the deadline", async () => {
      const start = starting(
        {
          describeImages: [page()],
          importImage: [IDS],
          describeTasks: [page()],
          describeTaskAttribute: [ecsError("not-found")],
          cancelTask: [ecsError("not-found")],
        },
        { until: START + 20_000 },
      );
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow("used too often");
      expect(start.clock.now() - START).toBeLessThan(25_000);
    });
  });
});
