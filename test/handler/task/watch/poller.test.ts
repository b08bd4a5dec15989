import { Poller } from "../../../../lib/handler/task/watch/poller";
import { aCopy, anExport, anImage, anImport, aTask, details, ecsError, page, REGION, TAG_KEY } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

describe("poller", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  const looking = (scripts: Scripts) => {
    const gateway = fakeGateway(scripts);
    return { gateway, poller: new Poller({ gateway, region: REGION, clock, random: () => 0.5, tagKey: TAG_KEY }) };
  };

  test("a task that runs leads to no look at its image, one that has finished does", async () => {
    const running = looking({ describeTaskAttribute: [details()] });
    expect(await clock.runUntil(running.poller.poll(anImport()))).toEqual({ task: details() });
    const finished = looking({ describeTaskAttribute: [details({ status: "Finished" })], describeImages: [page(anImage())] });
    expect((await clock.runUntil(finished.poller.poll(anImport()))).image).toEqual(anImage());
  });

  test("a copy is looked at by its image, an export by its task", async () => {
    const copy = looking({ describeImages: [page(anImage({ status: "Creating" }))] });
    await clock.runUntil(copy.poller.poll(aCopy()));
    expect(copy.gateway.calls.map(({ method }) => method)).toEqual(["describeImages"]);
    const exported = looking({ describeTaskAttribute: [details({ action: "ExportImage", status: "Finished" })] });
    await clock.runUntil(exported.poller.poll(anExport()));
    expect(exported.gateway.calls.map(({ method }) => method)).toEqual(["describeTaskAttribute"]);
  });

  test("operations of every kind share their calls", async () => {
    const { gateway, poller } = looking({
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

  test("images that are asked for at once share a list", async () => {
    const { gateway, poller } = looking({ describeImages: [page(anImage({ imageId: "m-1" }), anImage({ imageId: "m-2" }))] });
    const images = await clock.runUntil(Promise.all(["m-1", "m-2", "m-3", "m-3"].map((id) => poller.fetchImage(id))));
    expect(images.map((image) => image?.imageId ?? null)).toEqual(["m-1", "m-2", null, null]);
    expect(gateway.calls.length).toBeLessThanOrEqual(2);
  });

  test("passing errors are ridden out for as long as allowed, refusals told", async () => {
    const away = looking({ describeImages: [ecsError("unreachable")] });
    await expect(clock.runUntil(away.poller.fetchImage("m-1", { until: START + 50_000, unreachableFor: 60_000 }))).rejects.toMatchObject({
      kind: "unreachable",
    });
    expect(clock.now() - START).toBeGreaterThan(30_000);
    await expect(clock.runUntil(looking({ describeImages: [ecsError("forbidden")] }).poller.fetchImage("m-1"))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("an abort ends a look that waits", async () => {
    const controller = new AbortController();
    const look = looking({ describeTaskAttribute: [ecsError("throttled")] }).poller.poll(anImport(), { signal: controller.signal });
    await clock.advance(5_000);
    controller.abort(new Error("stopped"));
    await expect(look).rejects.toThrow("stopped");
  });
});
