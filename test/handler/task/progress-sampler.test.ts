import { ProgressSampler } from "../../../lib/handler/task/progress-sampler";
import { anImage, anImport, page } from "../../support/handler-builders";
import { FakeClock } from "../../support/handler-clock";
import { fakeGateway } from "../../support/handler-gateway";

describe("progress sampler", () => {
  const operations = [1, 2, 3].map((n) => anImport({ taskId: `t-${n}`, imageId: `m-${n}`, startedAt: 0 }));
  const nothing = (): boolean => false;
  const everything = (): boolean => true;

  function sampling(
    describeImages = async () => page(...[1, 2, 3].map((n) => anImage({ imageId: `m-${n}`, status: "Creating", progress: 10 * n }))),
  ) {
    const clock = new FakeClock();
    const gateway = fakeGateway({ describeImages });
    return { clock, gateway, sampler: new ProgressSampler({ gateway, region: "cn-hangzhou", clock, random: () => 0.5, tagKey: "key" }) };
  }

  test("tells the progress of all imports in one call", async () => {
    const { sampler, gateway } = sampling();
    expect([...(await sampler.sample(operations, nothing))!.values()]).toEqual([10, 20, 30]);
    expect(gateway.calls).toHaveLength(1);
  });

  test("leaves a single import alone: the look at its task tells", async () => {
    const { sampler, gateway } = sampling();
    expect(await sampler.sample(operations.slice(0, 1), nothing)).toBeNull();
    expect(gateway.calls).toHaveLength(0);
  });

  test("comes again soon while an end is not foretold, and seldom when all are", async () => {
    for (const [isForetold, after2s, after25s] of [
      [nothing, true, true],
      [everything, false, true],
    ] as const) {
      const { sampler, clock } = sampling();
      const young = operations.map((operation) => ({ ...operation, startedAt: clock.now() }));
      await sampler.sample(young, isForetold);
      await clock.runUntil(clock.sleep(2_000));
      expect((await sampler.sample(young, isForetold)) !== null).toBe(after2s);
      await clock.runUntil(clock.sleep(23_000));
      expect((await sampler.sample(young, isForetold)) !== null).toBe(after25s);
    }
  });

  test("a sample that fails is none", async () => {
    const { sampler } = sampling(async () => {
      throw new Error("no answer");
    });
    expect([...(await sampler.sample(operations, nothing))!.values()]).toEqual([undefined, undefined, undefined]);
  });
});
