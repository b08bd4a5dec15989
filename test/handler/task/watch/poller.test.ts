import { Poller } from "../../../../lib/handler/task/watch/poller";
import { aCopy, anExport, anImage, anImport, aTask, details, ecsError, page, REGION, TAG_KEY } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

describe("the poller", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  const polling = (scripts: Scripts) => {
    const gateway = fakeGateway(scripts);
    return { gateway, poller: new Poller({ gateway, region: REGION, clock, random: () => 0.5, tagKey: TAG_KEY }) };
  };

  test("reads the image of a finished task, but not that of a running one", async () => {
    const running = polling({ describeTaskAttribute: [details()] });
    expect(await clock.runUntil(running.poller.poll(anImport()))).toEqual({ task: details() });
    const finished = polling({ describeTaskAttribute: [details({ status: "Finished" })], describeImages: [page(anImage())] });
    expect((await clock.runUntil(finished.poller.poll(anImport()))).image).toEqual(anImage());
  });

  test("polls a copy by its image, and an export by its task", async () => {
    const copy = polling({ describeImages: [page(anImage({ status: "Creating" }))] });
    await clock.runUntil(copy.poller.poll(aCopy()));
    expect(copy.gateway.calls.map(({ method }) => method)).toEqual(["describeImages"]);
    const exported = polling({ describeTaskAttribute: [details({ action: "ExportImage", status: "Finished" })] });
    await clock.runUntil(exported.poller.poll(anExport()));
    expect(exported.gateway.calls.map(({ method }) => method)).toEqual(["describeTaskAttribute"]);
  });

  test("polls operations of every kind at the same moment with one call for tasks and one for images", async () => {
    const { gateway, poller } = polling({
      describeTasks: [page(aTask({ taskId: "t-1" }), aTask({ taskId: "t-2", action: "ExportImage" }))],
      describeImages: [page(anImage({ imageId: "m-3", status: "Creating" }))],
    });
    const observations = await clock.runUntil(
      Promise.all(
        [anImport({ taskId: "t-1" }), anExport({ taskId: "t-2" }), aCopy({ imageId: "m-3" })].map((operation) => poller.poll(operation)),
      ),
    );
    expect(observations.map(({ task, image }) => task?.taskId ?? image?.imageId)).toEqual(["t-1", "t-2", "m-3"]);
    expect(gateway.calls).toHaveLength(2);
  });

  test("reads images that are asked for at the same moment in one list", async () => {
    const { gateway, poller } = polling({ describeImages: [page(anImage({ imageId: "m-1" }), anImage({ imageId: "m-2" }))] });
    const images = await clock.runUntil(Promise.all(["m-1", "m-2", "m-3", "m-3"].map((id) => poller.fetchImage(id))));
    expect(images.map((image) => image?.imageId ?? null)).toEqual(["m-1", "m-2", null, null]);
    expect(gateway.calls.length).toBeLessThanOrEqual(2);
  });

  test("tries again until the deadline while ECS cannot be reached, and throws a refusal at once", async () => {
    const away = polling({ describeImages: [ecsError("unreachable")] });
    await expect(clock.runUntil(away.poller.fetchImage("m-1", { until: START + 50_000, unreachableFor: 60_000 }))).rejects.toMatchObject({
      kind: "unreachable",
    });
    expect(clock.now() - START).toBeGreaterThan(30_000);
    await expect(clock.runUntil(polling({ describeImages: [ecsError("forbidden")] }).poller.fetchImage("m-1"))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("an abort ends a poll that waits for its next attempt", async () => {
    const controller = new AbortController();
    const poll = polling({ describeTaskAttribute: [ecsError("throttled")] }).poller.poll(anImport(), { signal: controller.signal });
    await clock.advance(5_000);
    controller.abort(new Error("stopped"));
    await expect(poll).rejects.toThrow("stopped");
  });
});
