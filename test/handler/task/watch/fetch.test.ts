import { systemClock } from "../../../../lib/handler/task/clock";
import { FakeClock, START } from "../../../support/handler/clock";
import { allPages, fetchImage, fetchImages, fetchListedImages, fetchTask, fetchTasks } from "../../../../lib/handler/task/watch/fetch";
import { anImage, aTask, details, ecsError, IMAGE, page, REGION, TAG_KEY, TASK } from "../../../support/handler/builders";
import { fakeGateway } from "../../../support/handler/gateway";

const ids = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

describe("fetching tasks", () => {
  test("a single task is read with DescribeTaskAttribute, which has its progress", async () => {
    const gateway = fakeGateway({ describeTaskAttribute: [details({ progress: 40 })] });
    expect((await fetchTasks(gateway, REGION, [TASK])).get(TASK)?.progress).toBe(40);
    expect(gateway.calls).toHaveLength(1);
  });

  test("a single task that DescribeTaskAttribute does not know exists if DescribeTasks lists it", async () => {
    const unknown = async (): Promise<never> => {
      throw ecsError("not-found");
    };
    const listed = fakeGateway({ describeTaskAttribute: unknown, describeTasks: [page(aTask({ taskId: TASK }))] });
    expect((await fetchTasks(listed, REGION, [TASK])).get(TASK)?.status).toBe("Processing");
    const unlisted = fakeGateway({ describeTaskAttribute: unknown, describeTasks: [page()] });
    expect((await fetchTasks(unlisted, REGION, [TASK])).get(TASK)).toBeNull();
  });

  test("at most a hundred ids are sent in a call", async () => {
    const gateway = fakeGateway({ describeTasks: async (_, { taskIds }) => page(...taskIds!.map((taskId) => aTask({ taskId }))) });
    const found = await fetchTasks(gateway, REGION, ids(201, "t"));
    expect(found.size).toBe(201);
    expect(gateway.of("describeTasks").map(([, query]) => (query as { taskIds: string[] }).taskIds.length)).toEqual([100, 100, 1]);
  });

  test("a task that the list lacks is read by itself before it counts as unknown", async () => {
    const gateway = fakeGateway({
      describeTasks: [page(aTask({ taskId: "t-0" }))],
      describeTaskAttribute: async (_, taskId) => {
        if (taskId === "t-1") return details({ taskId });
        throw ecsError("not-found");
      },
    });
    const found = await fetchTasks(gateway, REGION, ids(3, "t"));
    expect([...found].map(([id, task]) => [id, task?.status ?? null])).toEqual([
      ["t-0", "Processing"],
      ["t-1", "Processing"],
      ["t-2", null],
    ]);
  });

  test("tasks that were not asked for are left out", async () => {
    const gateway = fakeGateway({ describeTasks: [page(aTask({ taskId: "t-0" }), aTask({ taskId: "t-1" }), aTask({ taskId: "t-x" }))] });
    expect([...(await fetchTasks(gateway, REGION, ids(2, "t"))).keys()]).toEqual(["t-0", "t-1"]);
  });

  test("an answer without an id means that ECS does not know the task", async () => {
    expect(await fetchTask(fakeGateway({ describeTaskAttribute: [details({ taskId: "" })] }), REGION, TASK)).toBeNull();
  });

  test("a refusal is thrown", async () => {
    await expect(fetchTask(fakeGateway({ describeTaskAttribute: [ecsError("forbidden")] }), REGION, TASK)).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("fetching images", () => {
  test("an image that does not exist is null, whether ECS returns an empty list or an error", async () => {
    expect(await fetchImage(fakeGateway({ describeImages: [page()] }), REGION, IMAGE)).toBeNull();
    expect(await fetchImage(fakeGateway({ describeImages: [ecsError("not-found")] }), REGION, IMAGE)).toBeNull();
    await expect(fetchImage(fakeGateway({ describeImages: [ecsError("throttled")] }), REGION, IMAGE)).rejects.toMatchObject({
      kind: "throttled",
    });
  });

  test("another image in ECS's answer is ignored", async () => {
    expect(await fetchImage(fakeGateway({ describeImages: [page(anImage({ imageId: "m-x" }))] }), REGION, IMAGE)).toBeNull();
  });

  test("two images are read one by one, three in a list", async () => {
    const two = fakeGateway({ describeImages: async (_, { imageId }) => page(anImage({ imageId })) });
    await fetchImages(two, REGION, ids(2, "m"), TAG_KEY);
    expect(two.calls).toHaveLength(2);
    const three = fakeGateway({ describeImages: [page(...ids(3, "m").map((imageId) => anImage({ imageId })))] });
    expect((await fetchImages(three, REGION, ids(3, "m"), TAG_KEY)).size).toBe(3);
    expect(three.of("describeImages")).toEqual([[REGION, { tag: { key: TAG_KEY }, page: 1, pageSize: 100 }]]);
  });

  test("images without tags are found in the account's first page of images, and those missing there are read by themselves", async () => {
    const gateway = fakeGateway({
      describeImages: async (_, { tag, imageId }) =>
        imageId || tag ? page() : { items: ids(9, "m").map((id) => anImage({ imageId: id })), total: 150 },
    });
    const found = await fetchImages(gateway, REGION, ids(10, "m"), TAG_KEY);
    expect(found.get("m-8")).not.toBeNull();
    expect(found.get("m-9")).toBeNull();
    expect(gateway.of("describeImages").filter(([, query]) => (query as { imageId?: string }).imageId)).toEqual([
      [REGION, { imageId: "m-9", pageSize: 100 }],
    ]);
  });

  test("images missing in an account's only page of images do not exist", async () => {
    const gateway = fakeGateway({ describeImages: async (_, { tag }) => (tag ? page() : page(anImage({ imageId: "m-1" }))) });
    const found = await fetchImages(gateway, REGION, ids(50, "m"), TAG_KEY);
    expect([...found.values()].filter((image) => image !== null)).toHaveLength(1);
    expect(gateway.calls).toHaveLength(2);
  });

  test("a list is read only up to the last wanted image", async () => {
    const gateway = fakeGateway({
      describeImages: async () => ({ items: [anImage({ imageId: "m-0" }), anImage({ imageId: "m-1" })], total: 150 }),
    });
    expect(await fetchListedImages(gateway, REGION, new Set(["m-0", "m-1"]), {})).toMatchObject({ pages: 2, calls: 1 });
    expect(gateway.calls).toHaveLength(1);
  });

  test("a list with more pages than wanted images is not read on", async () => {
    const gateway = fakeGateway({ describeImages: async () => ({ items: [anImage({ imageId: "m-x" })], total: 1_000 }) });
    expect(await fetchListedImages(gateway, REGION, new Set(ids(3, "m")), {})).toEqual({ found: new Map(), pages: 10, calls: 1 });
    expect(gateway.calls).toHaveLength(1);
  });
});

describe("fetching all pages of a list", () => {
  test("reads every page once", async () => {
    const all = ids(250, "x");
    const asked: number[] = [];
    const items = await allPages(
      async (number, pageSize) => (asked.push(number), { items: all.slice((number - 1) * pageSize, number * pageSize), total: all.length }),
      systemClock,
    );
    expect(items).toEqual(all);
    expect(asked).toEqual([1, 2, 3]);
  });

  test("ends at an empty page, whatever total ECS returns", async () => {
    expect(await allPages(async (number) => ({ items: number === 1 ? ["a"] : [], total: 1_000 }), systemClock)).toEqual(["a"]);
  });
});

test("a list that never ends is an error after 500 pages", async () => {
  let calls = 0;
  await expect(allPages(async () => (calls++, { items: [1], total: Number.MAX_SAFE_INTEGER }), systemClock)).rejects.toMatchObject({
    kind: "invalid",
    code: "EndlessList",
  });
  expect(calls).toBe(500);
});

test("a list that never ends and whose pages come slowly is an error after five minutes", async () => {
  const clock = new FakeClock();
  const list = allPages(async (page) => (await clock.sleep(9_000), { items: [page], total: 100 * page + 1 }), clock);
  await expect(clock.runUntil(list)).rejects.toMatchObject({ code: "EndlessList" });
  expect(clock.now() - START).toBeLessThan(310_000);
});
