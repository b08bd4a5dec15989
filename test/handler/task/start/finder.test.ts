import { createFinder } from "../../../../lib/handler/task/start/finder";
import { anImage, aTask, IMAGE, page, REGION, TAG_KEY } from "../../../support/handler/builders";
import { FakeClock } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

describe("the finder", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));
  const finding = (scripts: Scripts) => {
    const gateway = fakeGateway(scripts);
    return { gateway, finder: createFinder(gateway, REGION, TAG_KEY, clock) };
  };
  const tagged = (key: string, imageId: string, creationTime?: string) => anImage({ imageId, creationTime, tags: { [TAG_KEY]: key } });

  test("searches one or two keys by their value and returns the newest image first", async () => {
    const { gateway, finder } = finding({
      describeImages: [page(tagged("a", "m-1", "2026-08-01T00:00:00Z"), tagged("a", "m-2", "2026-08-02T00:00:00Z"))],
    });
    expect((await clock.runUntil(finder.byStartKey("a"))).map(({ imageId }) => imageId)).toEqual(["m-2", "m-1"]);
    expect(gateway.of("describeImages")).toEqual([[REGION, { tag: { key: TAG_KEY, value: "a" }, page: 1, pageSize: 100 }]]);
  });

  test("searches three or more keys in one list", async () => {
    const { gateway, finder } = finding({ describeImages: [page(tagged("a", "m-1"), tagged("c", "m-3"), tagged("z", "m-9"))] });
    const found = await clock.runUntil(Promise.all(["a", "b", "c"].map((key) => finder.byStartKey(key))));
    expect(found.map((images) => images.map(({ imageId }) => imageId))).toEqual([["m-1"], [], ["m-3"]]);
    expect(gateway.of("describeImages")).toEqual([[REGION, { tag: { key: TAG_KEY, value: undefined }, page: 1, pageSize: 100 }]]);
  });

  test("finds only images with exactly the name, although ECS returns others", async () => {
    const { finder } = finding({ describeImages: [page(anImage({ name: "web" }), anImage({ name: "web-2" }))] });
    expect((await finder.byName("web")).map(({ name }) => name)).toEqual(["web"]);
  });

  test("finds the exports of several images with one call", async () => {
    const exportOf = (resourceId: string) => aTask({ action: "ExportImage", resourceId, taskId: `t-${resourceId}` });
    const { gateway, finder } = finding({ describeTasks: [page(exportOf("m-1"), exportOf("m-2"))] });
    const found = await clock.runUntil(Promise.all(["m-1", "m-2", "m-3"].map((imageId) => finder.exportsOf(imageId))));
    expect(found.map((tasks) => tasks.map(({ taskId }) => taskId))).toEqual([["t-m-1"], ["t-m-2"], []]);
    expect(gateway.of("describeTasks")).toEqual([
      [REGION, { resourceIds: ["m-1", "m-2", "m-3"], action: "ExportImage", page: 1, pageSize: 100 }],
    ]);
  });

  test("leaves out an image's tasks that are not exports", async () => {
    const { finder } = finding({ describeTasks: [page(aTask({ action: "ImportImage" }))] });
    expect(await clock.runUntil(finder.exportsOf(IMAGE))).toEqual([]);
  });
});
