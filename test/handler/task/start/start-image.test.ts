import { lostStarts } from "../../../../lib/handler/task/start/lost-starts";
import { startImage, type ImageStart } from "../../../../lib/handler/task/start/start-image";
import type { Scripts } from "../../../support/handler/gateway";
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
  FINGERPRINT,
  MINE,
  REQUEST_TAG_KEY,
  TASK,
} from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting, type Starting } from "../../../support/handler/start";

const IDS = { taskId: TASK, imageId: IMAGE };
const ASKED = { fingerprint: FINGERPRINT, asked: "an import of disks/web.raw" };
const fresh: Scripts = { describeImages: [page()], importImage: [IDS], describeTaskAttribute: [details()] };

function importing(start: Starting, over: Partial<ImageStart> = {}) {
  const request = importRequest();
  return startImage(
    {
      kind: "import",
      region: REGION,
      request,
      ...ASKED,
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

  test("a role that ECS does not see yet is waited for, each time with another token, as the refusal may stick to one", async () => {
    const start = starting({ ...fresh, importImage: [ecsError("no-role"), ecsError("no-role"), IDS] as never });
    const { operation } = await start.clock.runUntil(importing(start));
    expect(operation.taskId).toBe(TASK);
    expect(start.clock.now() - START).toBeGreaterThanOrEqual(10_000);
    expect(new Set(start.gateway.of("importImage").map(([, , token]) => token)).size).toBe(3);
  });

  test("a role that does not turn up within a minute is missing: ECS's refusal is told", async () => {
    const start = starting({ ...fresh, importImage: [ecsError("no-role")] as never });
    await expect(start.clock.runUntil(importing(start))).rejects.toThrow("NoSetRoletoECSServiceAcount");
    expect(start.clock.now() - START).toBeLessThanOrEqual(61_000);
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
        describeImages: [page(anImage({ status, tags: MINE, creationTime: "2026-07-31T23:00:00Z" }))],
        describeTasks: [page(aTask())],
      });
      const started = await start.clock.runUntil(importing(start));
      expect(started.operation).toEqual(anImport({ startedAt: Date.UTC(2026, 6, 31, 23) }));
      expect(started.takenOver?.note).toMatch(new RegExp(`was started by an earlier run .* ECS shows its image as ${status}`));
      expect(start.gateway.of("importImage")).toEqual([]);
    });

    test("a usable image is not, where another resource may have the same key", async () => {
      const start = starting(
        { ...fresh, describeImages: [page(anImage({ tags: MINE }))], describeTasks: [page()] },
        { takeOverMade: false },
      );
      expect((await start.clock.runUntil(importing(start))).takenOver).toBeUndefined();
      expect(start.discarded).toEqual([]);
    });

    test.each(["CreateFailed", "UnAvailable"])(
      "a broken one (%s) too, so that the state names it and a destroy removes it",
      async (status) => {
        const start = starting({ describeImages: [page(anImage({ status, tags: MINE }))], describeTasks: [page()] });
        const started = await start.clock.runUntil(importing(start));
        expect(started).toMatchObject({ operation: { imageId: IMAGE }, takenOver: { image: { status } } });
        expect(start.discarded).toEqual([]);
      },
    );

    test.each(["Creating", "Available", "CreateFailed"])(
      "one that bears the key for another request is an error that names both (%s), and is left alone",
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

    test("one for this request comes before one for another", async () => {
      const other = anImage({ imageId: "m-other", status: "Creating", tags: { ...MINE, [REQUEST_TAG_KEY]: "something-else" } });
      const start = starting({ describeImages: [page(other, anImage({ status: "Creating", tags: MINE }))], describeTasks: [page()] });
      expect((await start.clock.runUntil(importing(start))).operation.imageId).toBe(IMAGE);
    });

    test("what this state owns is not: a new one is started beside it, with another token", async () => {
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

    describe("where the plan was made elsewhere, so that what the state owns is not known", () => {
      const elsewhere = { read: () => null, write: () => undefined };

      test("what still runs is taken on", async () => {
        const scripts: Scripts = { describeImages: [page(anImage({ status: "Creating", tags: MINE }))], describeTasks: [page(aTask())] };
        const start = starting(scripts, {}, elsewhere);
        expect((await start.clock.runUntil(importing(start))).takenOver).toBeDefined();
      });

      test("what is finished may be what is being replaced: an error says so", async () => {
        const start = starting({ describeImages: [page(anImage({ tags: MINE }))], describeTasks: [page(aTask())] }, {}, elsewhere);
        await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
          /does not know whether this state already owns.*Nothing was started.*without a saved plan.*terraform import/,
        );
      });
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
        /start_key "stack\/web" has been used too often.*Set another start_key/,
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

    test("by what a lost run started by this request, that is taken on", async () => {
      const start = starting(taken(anImage({ status: "Creating", tags: MINE })));
      const started = await start.clock.runUntil(importing(start));
      expect(started.takenOver).toBeDefined();
      expect(started.operation).toMatchObject(IDS);
    });

    test.each(["Creating", "Available"])("by somebody else's (%s), the error names the image and the ways out, at once", async (status) => {
      const start = starting(taken(anImage({ status })));
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        new RegExp(
          `The name "web" is taken by image ${IMAGE} \\("web", ${status}\\)\\. Choose another image_name, or delete that image, or take it over with terraform import`,
        ),
      );
      expect(start.clock.now() - START).toBeLessThan(1_000);
    });

    test("by what this state owns, it is told within seconds that both cannot have the name", async () => {
      const start = starting(taken(anImage({ tags: { ...MINE, [REQUEST_TAG_KEY]: "before" } })));
      start.ownership.see(anImport());
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /is in this state.*create_before_destroy keeps it.*Give image_name a suffix.*or remove create_before_destroy/,
      );
      expect(start.clock.now() - START).toBeLessThan(10_000);
      expect(start.gateway.of("importImage")).toHaveLength(2);
    });

    test("by what a destroy of this run is ending, it is waited for", async () => {
      let asked = 0;
      const start = starting({
        ...taken(),
        importImage: async () => {
          if (asked++ < 4) throw ecsError("duplicate-name");
          return { taskId: "t-new", imageId: "m-new" };
        },
        describeImages: async (_, { imageId, imageName }) => (imageName ? page(anImage()) : imageId ? page() : page()),
        describeTaskAttribute: [details({ taskId: "t-new" })],
      });
      start.ownership.see(anImport());
      start.deps.claims.end(anImport());
      expect((await start.clock.runUntil(importing(start))).operation.imageId).toBe("m-new");
    });

    test("by what another resource of this run has started, each is asked to have its own", async () => {
      const start = starting(taken(anImage({ status: "Creating", tags: MINE })));
      start.deps.claims.claim(anImport());
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /another resource of this run has started. Give each its own image_name/,
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

    test("while it is looked whether the answer is of the past cancels nothing that is, and keeps nothing", async () => {
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

    test("while it is looked whether the answer is of the past keeps what is new, to be cancelled", async () => {
      const start = starting({
        ...fresh,
        describeTaskAttribute: async () => {
          start.run.stop("interrupt");
          return details();
        },
      });
      expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
    });

    test("while the looks get no answer does not hold Terraform up, and what proves to be new is cancelled", async () => {
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

    test("an answer that comes too late is cancelled where it is new, and left alone where it is of the past", async () => {
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

  test("a start that was lost for good is found by its key and its request, and is none that the state names", async () => {
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
