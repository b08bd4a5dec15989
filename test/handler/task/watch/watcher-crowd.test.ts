import { anImage, anImport, aTask, page } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";
import { never, watcherOn } from "../../../support/handler/watching";

/** The pause before each answer, as the pace of reads has it. */
const ANSWER = 170;

describe("Watcher, with a thousand imports", () => {
  const COUNT = 1_000;
  const ids = Array.from({ length: COUNT }, (_, i) => i);
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock()));

  /** Imports that end between 40 and 60 seconds after their start, like those of `npm run bench`. */
  const endOf = (i: number): number => START + 40_000 + ((i * 37) % 100) * 200;
  const hasEnded = (i: number): boolean => clock.now() >= endOf(i);
  const taskOf = (i: number) => aTask({ taskId: `t-${i}`, resourceId: `m-${i}`, status: hasEnded(i) ? "Finished" : "Processing" });
  const imageOf = (i: number) => {
    const progress = Math.min(100, Math.floor((100 * (clock.now() - START)) / (endOf(i) - START)));
    return anImage({ imageId: `m-${i}`, status: hasEnded(i) ? "Available" : "Creating", progress });
  };
  const gatewayOf = (over: Scripts = {}) =>
    fakeGateway({
      describeTasks: async (_, { taskIds }) => {
        await clock.sleep(ANSWER);
        return page(...taskIds!.map((id) => taskOf(Number(id.slice(2)))));
      },
      describeTaskAttribute: async (_, id) => {
        await clock.sleep(ANSWER);
        return { ...taskOf(Number(id.slice(2))), progress: undefined } as never;
      },
      describeImages: async (_, { imageId, page: number = 1, pageSize = 10 }) => {
        await clock.sleep(ANSWER);
        const all = imageId ? [Number(imageId.slice(2))] : ids;
        return { items: all.slice((number - 1) * pageSize, number * pageSize).map(imageOf), total: all.length };
      },
      ...over,
    });

  test("sees each end within eight seconds, half of them within three, although Terraform begins to wait one by one", async () => {
    const gateway = gatewayOf();
    const watcher = watcherOn(clock, gateway, []);
    const lags = await clock.runUntil(
      Promise.all(
        ids.map(async (i) => {
          await clock.sleep(30 * i);
          await watcher.until(anImport({ taskId: `t-${i}`, imageId: `m-${i}`, startedAt: START }), never);
          return clock.now() - endOf(i);
        }),
      ),
    );
    lags.sort((a, b) => a - b);
    expect(lags[COUNT / 2]).toBeLessThanOrEqual(3_000);
    expect(lags.at(-1)).toBeLessThanOrEqual(8_000);
    expect(gateway.calls.length).toBeLessThanOrEqual((COUNT / 50 + 1) * (60 / 4));
  });

  test("ends the waits of a page of images before the next page has come", async () => {
    const seen: number[] = [];
    let firstPage: number | undefined;
    const list = gatewayOf().describeImages;
    const gateway = gatewayOf({
      describeImages: async (region, query) => {
        const answer = await list(region, query);
        if (query.page === 1 && answer.items.every(({ status }) => status === "Available")) firstPage ??= clock.now();
        return answer;
      },
    });
    const watcher = watcherOn(clock, gateway, []);
    await clock.runUntil(
      Promise.all(
        ids.map(async (i) => {
          await watcher.until(anImport({ taskId: `t-${i}`, imageId: `m-${i}`, startedAt: START }), never);
          if (i < 100) seen.push(clock.now());
        }),
      ),
    );
    expect(firstPage).toBeDefined();
    expect(Math.max(...seen)).toBeLessThan(firstPage! + ANSWER);
  });
});
