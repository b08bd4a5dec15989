import type { Image } from "../../../../lib/handler/task/gateway";
import { fetchImage } from "../../../../lib/handler/task/watch/fetch";
import { removeImage, type RemoveImageOptions } from "../../../../lib/handler/task/end/remove-image";
import { anImage, ecsError, IMAGE, page, REGION } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

describe("removeImage", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  const removing = (scripts: Scripts, over: Partial<RemoveImageOptions> = {}) => {
    const gateway = fakeGateway(scripts);
    return {
      gateway,
      outcome: clock.runUntil(
        removeImage(
          REGION,
          IMAGE,
          { gateway, clock, random: () => 0.5, fetchImage: (imageId) => fetchImage(gateway, REGION, imageId) },
          { until: START + 600_000, evenMade: true, certainFrom: 0, what: "import t-1 of web", ...over },
        ),
      ),
    };
  };

  test("returns after one read if there is no image", async () => {
    const { gateway, outcome } = removing({ describeImages: [page()] });
    expect(await outcome).toBe(false);
    expect(gateway.calls).toHaveLength(1);
  });

  test("deletes the image once and waits until ECS no longer lists it", async () => {
    const { gateway, outcome } = removing({
      describeImages: [page(anImage()), page(anImage()), page(anImage()), page()],
      deleteImage: [undefined],
    });
    expect(await outcome).toBe(true);
    expect(gateway.of("deleteImage")).toHaveLength(1);
  });

  test.each([
    ["took effect", [page(anImage()), page<Image>()], 1],
    ["did not", [page(anImage()), page(anImage()), page<Image>()], 2],
  ])("an unanswered deletion that %s is sent again only if ECS still lists the image", async (_, describeImages, deletions) => {
    const { gateway, outcome } = removing({ describeImages, deleteImage: [ecsError("unavailable")] });
    expect(await outcome).toBe(true);
    expect(gateway.of("deleteImage")).toHaveLength(deletions);
  });

  test("deletes the image again after ECS refused because it was in use", async () => {
    const { gateway, outcome } = removing({
      describeImages: [page(anImage({ status: "Creating" })), page(anImage({ status: "CreateFailed" })), page()],
      deleteImage: [ecsError("in-use"), undefined as never],
    });
    expect(await outcome).toBe(true);
    expect(gateway.of("deleteImage")).toHaveLength(2);
  });

  test("an image that somebody else deletes meanwhile counts as deleted", async () => {
    const { outcome } = removing({ describeImages: [page(anImage()), page()], deleteImage: [ecsError("not-found")] });
    expect(await outcome).toBe(true);
  });

  test("a usable image is kept if only unusable ones are to be removed", async () => {
    const { gateway, outcome } = removing({ describeImages: [page(anImage())] }, { evenMade: false });
    expect(await outcome).toBe(false);
    expect(gateway.of("deleteImage")).toEqual([]);
  });

  test("an image that ECS may list late is waited for, and then deleted", async () => {
    const { outcome } = removing(
      {
        describeImages: async () =>
          clock.now() < START + 3_000 ? page() : clock.now() < START + 4_000 ? page(anImage({ status: "CreateFailed" })) : page(),
        deleteImage: [undefined],
      },
      { certainFrom: START + 5_000 },
    );
    expect(await outcome).toBe(true);
  });

  test("a final refusal is thrown as it is", async () => {
    await expect(
      removing({ describeImages: [page(anImage())], deleteImage: [ecsError("invalid", { code: "ImageUsingByInstance" })] }).outcome,
    ).rejects.toThrow("ImageUsingByInstance");
  });

  test("at the deadline, the error says that the image still exists and how to delete it", async () => {
    await expect(removing({ describeImages: [page(anImage())], deleteImage: [undefined] }).outcome).rejects.toThrow(
      /The image of import t-1 of web still exists \(Available\).*delete image m-bp198.* in the ECS console/,
    );
    expect(clock.now()).toBeLessThanOrEqual(START + 600_000);
  });
});
