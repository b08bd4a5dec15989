import { operationsByKey, startImage, type ImageStart } from "../../../lib/handler/task/start-image";
import type { Scripts } from "../../support/handler-gateway";
import {
  anImage,
  anImport,
  aTask,
  details,
  ecsError,
  IMAGE,
  importRequest,
  page,
  REGION,
  TAG_KEY,
  TASK,
} from "../../support/handler-builders";
import { START } from "../../support/handler-clock";
import { starting, type Starting } from "../../support/handler-start";

const IDS = { taskId: TASK, imageId: IMAGE };
const mine = { [TAG_KEY]: "stack/web" };
const fresh: Scripts = { describeImages: [page()], importImage: [IDS], describeTaskAttribute: [details()] };

function importing(start: Starting, over: Partial<ImageStart> = {}) {
  const request = importRequest();
  return startImage(
    {
      kind: "import",
      region: REGION,
      request,
      call: (token) => start.gateway.importImage(REGION, request, token),
      matches: (image) => image.name === "web",
      ...over,
    },
    start.deps,
    start.options,
  );
}

describe("starting an import or a copy", () => {
  test("asks ECS once, and tells what it started", async () => {
    const start = starting(fresh);
    const started = await start.clock.runUntil(importing(start));
    expect(started).toEqual({ operation: anImport({ startedAt: started.operation.startedAt }), generation: 0 });
    expect(start.gateway.of("importImage")).toHaveLength(1);
    expect(start.deps.claims.has(started.operation)).toBe(true);
  });

  test("a copy has no task", async () => {
    const start = starting({ describeImages: async (_, { imageId }) => (imageId ? page(anImage({ status: "Creating" })) : page()) });
    const { operation } = await start.clock.runUntil(
      importing(start, { kind: "copy", call: async () => ({ taskId: null, imageId: IMAGE }) }),
    );
    expect(operation).toMatchObject({ kind: "copy", taskId: null, imageId: IMAGE });
  });

  test("a look that fails after the start does not lose the ids", async () => {
    const start = starting({ ...fresh, describeTaskAttribute: [ecsError("forbidden")] });
    expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
  });

  describe("contract row 6: what a lost run started is taken on", () => {
    test.each(["Waiting", "Creating", "Available"])("an image with our key in %s, with its task", async (status) => {
      const start = starting({
        describeImages: [page(anImage({ status, tags: mine, creationTime: "2026-07-31T23:00:00Z" }))],
        describeTasks: [page(aTask())],
      });
      const started = await start.clock.runUntil(importing(start));
      expect(started.operation).toEqual(anImport({ startedAt: Date.UTC(2026, 6, 31, 23) }));
      expect(started.adopted).toContain(`${status}, was started by an earlier run`);
      expect(start.gateway.of("importImage")).toEqual([]);
    });

    test("a usable image is not, where another resource may have the same key", async () => {
      const start = starting({ ...fresh, describeImages: [page(anImage({ tags: mine }))], describeTasks: [page()] }, { adoptMade: false });
      expect((await start.clock.runUntil(importing(start))).adopted).toBeUndefined();
      expect(start.discarded).toEqual([]);
    });

    test.each(["CreateFailed", "UnAvailable"])("a broken one (%s) is removed before the next starts", async (status) => {
      const start = starting({
        ...fresh,
        describeImages: [page(anImage({ imageId: "m-old", status, tags: mine }))],
        describeTasks: [page()],
      });
      expect((await start.clock.runUntil(importing(start))).operation.imageId).toBe(IMAGE);
      expect(start.discarded.map(({ imageId }) => imageId)).toEqual(["m-old"]);
    });

    test("one that makes something else is ended before the next starts, a usable one is left alone", async () => {
      const start = starting({
        ...fresh,
        describeImages: [
          page(
            anImage({ imageId: "m-1", name: "other", status: "Creating", tags: mine }),
            anImage({ imageId: "m-2", name: "other", tags: mine }),
          ),
        ],
        describeTasks: [page()],
      });
      await start.clock.runUntil(importing(start));
      expect(start.discarded.map(({ imageId }) => imageId)).toEqual(["m-1"]);
    });

    test("one that another resource of this run has is not", async () => {
      const start = starting({
        ...fresh,
        importImage: [IDS, { taskId: "t-2", imageId: "m-2" }],
        describeTaskAttribute: async (_, taskId) => details({ taskId }),
      });
      const [first, second] = await start.clock.runUntil(Promise.all([importing(start), importing(start)]));
      expect([first.operation.imageId, second.operation.imageId]).toEqual([IMAGE, "m-2"]);
    });

    test("a token that stands for what is over makes way for the next", async () => {
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

    test("a token that was used for another request makes way for the next", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("token-mismatch"), IDS] });
      expect(await start.clock.runUntil(importing(start))).toMatchObject({ generation: 1 });
    });

    test("an endless chain of used tokens ends with a way out", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("token-mismatch")] });
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /start_key "stack\/web" was used too often.*Set another start_key/,
      );
    });

    test("a chain of tokens that each take their time ends in time", async () => {
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

  describe("when the name is taken", () => {
    const taken = (image = anImage()): Scripts => ({
      ...fresh,
      importImage: [ecsError("duplicate-name")],
      describeImages: async (_, { imageName }) => (imageName ? page(image) : page()),
      describeTasks: [page(aTask())],
    });

    test("by what a lost run of ours is making, whose tags do not show yet, that is taken on", async () => {
      const start = starting(taken(anImage({ status: "Creating" })));
      const started = await start.clock.runUntil(importing(start));
      expect(started.adopted).toBeDefined();
      expect(started.operation).toMatchObject(IDS);
    });

    test("by somebody else, the error names the image and the ways out", async () => {
      const start = starting(taken());
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /The name "web" is taken by image m-bp198.* \(Available\)\. Choose another image_name, or delete that image, or take it over with terraform import/,
      );
    });

    test("by what is gone a moment later, it is tried again", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("duplicate-name"), IDS] });
      expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
    });

    test("for ever, it ends in time with ECS's own error", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("in-use")] }, { until: START + 30_000 });
      await expect(start.clock.runUntil(importing(start))).rejects.toMatchObject({ kind: "in-use" });
      expect(start.clock.now()).toBeLessThanOrEqual(START + 30_000);
    });
  });

  describe("contract row 4: an interrupt", () => {
    test("before ECS was asked starts nothing", async () => {
      const start = starting(fresh);
      start.run.stop("interrupt");
      await expect(importing(start)).rejects.toMatchObject({ name: "InterruptedError" });
      expect(start.gateway.calls).toEqual([]);
    });

    test("while an earlier leftover is being removed does not hold Terraform up", async () => {
      const start = starting({
        ...fresh,
        describeImages: [page(anImage({ status: "CreateFailed", tags: mine }))],
        describeTasks: [page()],
      });
      const deps = { ...start.deps, discard: () => new Promise<never>(() => undefined) };
      const outcome = startImage(
        { kind: "import", region: REGION, request: importRequest(), call: async () => IDS, matches: () => true },
        deps,
        start.options,
      );
      await start.clock.advance(1_000);
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(outcome)).rejects.toMatchObject({ name: "DeadlineError" });
      expect(start.clock.now() - START).toBeLessThan(5_000);
    });
  });

  test("a start that was lost for good is found by its key", async () => {
    const start = starting({
      describeImages: [page(anImage({ imageId: "m-1", tags: mine }), anImage({ imageId: "m-2", tags: mine }))],
      describeTasks: async (_, { resourceIds }) => page(aTask({ taskId: `t-${resourceIds![0]}`, resourceId: resourceIds![0] })),
    });
    const found = await start.clock.runUntil(operationsByKey("import", REGION, "stack/web", start.deps, START + 60_000));
    expect(found.map(({ taskId, imageId }) => [taskId, imageId])).toEqual([
      ["t-m-1", "m-1"],
      ["t-m-2", "m-2"],
    ]);
  });
});
