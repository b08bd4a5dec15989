import { paced } from "../../../lib/handler/task/paced";
import { details, importRequest, page, REGION } from "../../support/handler-builders";
import { FakeClock, START } from "../../support/handler-clock";
import { fakeGateway } from "../../support/handler-gateway";

describe("paced reads", () => {
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

  test("a few go out at once, the rest one after another, below ten in any second", async () => {
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

  test("regions and actions do not hold each other up", async () => {
    const ecs = paced(gateway(), clock);
    await clock.runUntil(Promise.all(Array.from({ length: 20 }, () => ecs.describeTasks(REGION, {}))));
    const begun = clock.now();
    await clock.runUntil(ecs.describeTasks("cn-beijing", {}));
    await clock.runUntil(ecs.describeTaskAttribute(REGION, "t"));
    await clock.runUntil(ecs.describeImages(REGION, {}));
    expect(clock.now()).toBe(begun);
  });

  test("starts, cancels and deletions never wait", async () => {
    const ecs = paced(gateway(), clock);
    const reads = Array.from({ length: 20 }, () => ecs.describeTasks(REGION, {}));
    await Promise.all(
      Array.from({ length: 20 }, () => [
        ecs.cancelTask(REGION, "t"),
        ecs.cancelCopyImage(REGION, "m"),
        ecs.deleteImage(REGION, "m"),
        ecs.importImage(REGION, importRequest(), "k"),
        ecs.exportImage(REGION, { imageId: "m", ossBucket: "b" }),
        ecs.copyImage(REGION, { imageId: "m", region: REGION, tags: {} }, "k"),
        ecs.modifyImage(REGION, "m", {}),
        ecs.tagImage(REGION, "m", {}),
        ecs.untagImage(REGION, "m", []),
      ]).flat(),
    );
    expect(clock.now()).toBe(START);
    await clock.runUntil(Promise.all(reads));
  });
});
