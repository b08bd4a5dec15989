import type { Scripts } from "../../../support/handler/gateway";
import { anImage, anImport, aTask, details, ecsError, IMAGE, page, MINE, REQUEST_TAG_KEY } from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting } from "../../../support/handler/start";
import { fresh, IDS, importing } from "../../../support/handler/importing";

describe("starting an import", () => {
  describe("whose name is taken", () => {
    const taken = (image = anImage()): Scripts => ({
      ...fresh,
      importImage: [ecsError("duplicate-name")],
      describeImages: async (_, { imageName }) => (imageName ? page(image) : page()),
      describeTasks: [page(aTask())],
    });

    test("by an image that a crashed run started with this request takes that image over", async () => {
      const start = starting(taken(anImage({ status: "Creating", tags: MINE })));
      const started = await start.clock.runUntil(importing(start));
      expect(started.takenOver).toBeDefined();
      expect(started.operation).toMatchObject(IDS);
    });

    test.each(["Creating", "Available"])(
      "by somebody else's image (%s) fails at once, and the error names the image and what to do",
      async (status) => {
        const start = starting(taken(anImage({ status })));
        await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
          new RegExp(
            `The name "web" is taken by image ${IMAGE} \\("web", ${status}\\)\\. Choose another image_name, or delete that image, or add it to the state with terraform import`,
          ),
        );
        expect(start.clock.now() - START).toBeLessThan(1_000);
      },
    );

    test("by an image that this state owns fails within seconds with advice on create_before_destroy", async () => {
      const start = starting(taken(anImage({ tags: { ...MINE, [REQUEST_TAG_KEY]: "before" } })));
      start.ownership.see(anImport());
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /is in this state.*create_before_destroy keeps it.*Give image_name a suffix.*or remove create_before_destroy/,
      );
      expect(start.clock.now() - START).toBeLessThan(10_000);
      expect(start.gateway.of("importImage")).toHaveLength(2);
    });

    test("by an image that this run is destroying waits for the name", async () => {
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

    test("by an image that another resource of this run has started fails with advice to use two names", async () => {
      const start = starting(taken(anImage({ status: "Creating", tags: MINE })));
      start.deps.claims.claim(anImport());
      await expect(start.clock.runUntil(importing(start))).rejects.toThrow(
        /another resource of this run has started. Give each its own image_name/,
      );
    });

    test("by an image that is gone a moment later tries again", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("duplicate-name"), IDS] });
      expect((await start.clock.runUntil(importing(start))).operation).toMatchObject(IDS);
    });

    test("by another task until the deadline fails with ECS's own error", async () => {
      const start = starting({ ...fresh, importImage: [ecsError("in-use")] }, { until: START + 30_000 });
      await expect(start.clock.runUntil(importing(start))).rejects.toMatchObject({ kind: "in-use" });
      expect(start.clock.now()).toBeLessThanOrEqual(START + 30_000);
    });
  });
});
