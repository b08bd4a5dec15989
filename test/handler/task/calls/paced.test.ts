import { paced } from "../../../../lib/handler/task/calls/paced";
import { details, ecsError, importRequest, page, REGION } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway } from "../../../support/handler/gateway";

describe("the pace of calls to ECS", () => {
  let clock: FakeClock;
  const gateway = () =>
    fakeGateway({
      describeTasks: [page()],
      describeTaskAttribute: [details()],
      describeImages: [page()],
      cancelTask: [undefined],
      cancelCopyImage: [undefined],
      deleteImage: [undefined],
      importImage: [{ taskId: "t", imageId: "m" }],
      exportImage: [{ taskId: "t" }],
      copyImage: [{ imageId: "m" }],
      modifyImage: [undefined],
      tagImage: [undefined],
      untagImage: [undefined],
    });
  beforeEach(() => (clock = new FakeClock()));

  test("of forty reads three are sent at once, and fewer than ten in any second", async () => {
    const ecs = paced(gateway(), clock);
    const times: number[] = [];
    const read = async (): Promise<void> => {
      await ecs.describeTasks(REGION, {});
      times.push(clock.now() - START);
    };
    await clock.runUntil(Promise.all(Array.from({ length: 40 }, read)));
    expect(times.filter((time) => time < 1)).toHaveLength(3);
    for (const time of times) expect(times.filter((other) => other >= time && other < time + 1_000).length).toBeLessThan(10);
    expect(times.at(-1)).toBeLessThan(7_000);
  });

  test("a machine's clock that is set back by an hour delays no read", async () => {
    const ecs = paced(gateway(), clock);
    await clock.runUntil(ecs.describeTasks(REGION, {}));
    clock.set(-3_600_000);
    await clock.runUntil(Promise.all(Array.from({ length: 6 }, () => ecs.describeTasks(REGION, {}))));
    expect(clock.now() - START).toBeLessThan(2_000);
  });

  test("reads of one region and action do not delay those of another", async () => {
    const ecs = paced(gateway(), clock);
    await clock.runUntil(Promise.all(Array.from({ length: 20 }, () => ecs.describeTasks(REGION, {}))));
    const begun = clock.now();
    await clock.runUntil(ecs.describeTasks("cn-beijing", {}));
    await clock.runUntil(ecs.describeTaskAttribute(REGION, "t"));
    await clock.runUntil(ecs.describeImages(REGION, {}));
    expect(clock.now()).toBe(begun);
  });

  test("throttled reads slow down to nine a minute, and speed up again when ECS answers", async () => {
    let served = false;
    const ecs = paced({ ...gateway(), describeTasks: async () => (served ? page() : Promise.reject(ecsError("throttled"))) }, clock);
    const readsIn = async (seconds: number): Promise<number> => {
      const until = clock.now() + 1_000 * seconds;
      let reads = 0;
      const reader = async (): Promise<void> => {
        for (; clock.now() < until; reads++) await ecs.describeTasks(REGION, {}).catch(() => undefined);
      };
      await clock.runUntil(reader());
      return reads;
    };
    await readsIn(10);
    expect(await readsIn(60)).toBeLessThanOrEqual(9);
    served = true;
    await readsIn(120);
    expect(await readsIn(10)).toBeGreaterThanOrEqual(50);
  });

  test("neither throttling of another action nor an error of another kind slows reads down", async () => {
    const ecs = paced(
      {
        ...gateway(),
        describeTasks: async () => Promise.reject(ecsError("throttled")),
        describeImages: async () => Promise.reject(ecsError("unavailable")),
      },
      clock,
    );
    for (let i = 0; i < 10; i++) await clock.runUntil(ecs.describeTasks(REGION, {}).catch(() => undefined));
    const begun = clock.now();
    for (let i = 0; i < 10; i++) await clock.runUntil(ecs.describeImages(REGION, {}).catch(() => undefined));
    expect(clock.now() - begun).toBeLessThan(2_000);
  });

  test("starts, cancels, deletions and changes are sent at once", async () => {
    const ecs = paced(gateway(), clock);
    const reads = Array.from({ length: 20 }, () => ecs.describeTasks(REGION, {}));
    await Promise.all(
      Array.from({ length: 20 }, () => [
        ecs.cancelTask(REGION, "t"),
        ecs.cancelCopyImage(REGION, "m"),
        ecs.deleteImage(REGION, "m"),
        ecs.importImage(REGION, importRequest(), "k"),
        ecs.exportImage(REGION, { imageId: "m", parameters: {} }),
        ecs.copyImage(REGION, { parameters: {}, tags: {} }, "k"),
        ecs.modifyImage(REGION, "m", {}),
        ecs.tagImage(REGION, "m", {}),
        ecs.untagImage(REGION, "m", []),
      ]).flat(),
    );
    expect(clock.now()).toBe(START);
    await clock.runUntil(Promise.all(reads));
  });
});
