import { callStart } from "../../../../lib/handler/task/start/call-start";
import { UnresolvedStartError, type EcsErrorKind } from "../../../../lib/handler/errors";
import { ecsError } from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting, type Starting } from "../../../support/handler/start";

const OPTIONS = { asked: "an import of disks/web.raw", until: START + 600_000 } as const;
const answers = (...outcomes: readonly (Error | string)[]) => {
  let turn = 0;
  const call = jest.fn(async () => {
    const outcome = outcomes[Math.min(turn++, outcomes.length - 1)]!;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  return call;
};

describe("contract row 13: the call that starts an operation", () => {
  let start: Starting;
  const late: string[] = [];
  beforeEach(() => {
    late.length = 0;
    start = starting({});
  });
  const calling = (call: () => Promise<string>) => callStart(call, { ...OPTIONS, onLate: async (answer) => late.push(answer) }, start.deps);

  test("returns ECS's answer", async () => {
    expect(await calling(answers("ids"))).toBe("ids");
    expect(start.clock.pending).toBe(0);
  });

  test.each<EcsErrorKind>(["unavailable", "busy", "throttled", "unreachable"])("is sent again after %s", async (kind) => {
    const call = answers(ecsError(kind), "ids");
    expect(await start.clock.runUntil(calling(call))).toBe("ids");
    expect(call).toHaveBeenCalledTimes(2);
  });

  test("throws a refusal, even one that follows a lost answer, because ECS then has not started anything", async () => {
    await expect(calling(answers(ecsError("invalid")))).rejects.toMatchObject({ kind: "invalid" });
    await expect(start.clock.runUntil(calling(answers(ecsError("unavailable"), ecsError("invalid"))))).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  test("is sent again until the user's timeout while ECS throttles it", async () => {
    await expect(start.clock.runUntil(calling(answers(ecsError("throttled"))))).rejects.toMatchObject({ kind: "throttled" });
    expect(start.clock.now() - START).toBeGreaterThan(580_000);
    expect(start.clock.now() - START).toBeLessThanOrEqual(600_000);
  });

  test("is sent again for two minutes after a lost answer, then its outcome is unknown", async () => {
    const throttled = Array.from({ length: 20 }, () => ecsError("throttled"));
    const outcome = start.clock.runUntil(calling(answers(...throttled, ecsError("unavailable"))));
    await expect(outcome).rejects.toBeInstanceOf(UnresolvedStartError);
    const first = START + 20 * 10_000;
    expect(start.clock.now() - START).toBeGreaterThan(120_000 + 100_000);
    expect(start.clock.now()).toBeLessThanOrEqual(first + 120_000);
  });

  test.each<EcsErrorKind>(["unavailable", "throttled", "busy", "expired", "credentials", "forbidden"])(
    "has an unknown outcome after a lost answer that only %s follows",
    async (kind) => {
      const outcome = start.clock.runUntil(calling(answers(ecsError("unavailable"), ecsError(kind))));
      await expect(outcome).rejects.toBeInstanceOf(UnresolvedStartError);
      await expect(outcome).rejects.toMatchObject({ cause: { kind } });
    },
  );

  test("ends at once on an interrupt if no attempt can have started anything", async () => {
    const call = answers(ecsError("throttled", { retryAfter: 20_000 }));
    const outcome = calling(call);
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(outcome).rejects.toMatchObject({ name: "InterruptedError" });
    await start.clock.advance(60_000);
    expect(call).toHaveBeenCalledTimes(1);
  });

  test("is still sent again on an interrupt after a lost answer, to learn what was started", async () => {
    const call = answers(ecsError("unavailable"), "ids");
    const outcome = calling(call);
    await start.clock.advance(100);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test("returns an answer that comes within seconds of the interrupt", async () => {
    const outcome = calling(() => start.clock.sleep(4_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test("passes an answer that comes too late for Terraform to onLate", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
    expect(start.clock.now() - START).toBeLessThanOrEqual(5_000);
    await start.clock.advance(30_000);
    expect(late).toEqual(["ids"]);
  });

  test("passes nothing to onLate if the late answer is a refusal", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => Promise.reject(ecsError("invalid"))));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
    await start.clock.advance(30_000);
    await start.run.drain();
    expect(late).toEqual([]);
  });

  test("contract row 5: waits for its answer without a limit after Terraform's death", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("orphaned");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test.each<EcsErrorKind>(["unreachable", "unavailable"])(
    "is sent again after a lost answer and Terraform's death for as long as ECS is %s, to learn what runs",
    async (kind) => {
      const back = START + 600_000;
      const call = jest.fn(async () => {
        if (call.mock.calls.length === 1) throw ecsError("unavailable");
        if (start.clock.now() < back) throw ecsError(kind);
        return "ids";
      });
      const outcome = calling(call);
      await start.clock.advance(100);
      start.run.stop("orphaned");
      expect(await start.clock.runUntil(outcome)).toBe("ids");
      expect(start.clock.now()).toBeGreaterThanOrEqual(back);
    },
  );

  test("is sent again after a lost answer although ECS cannot be reached for a minute", async () => {
    const call = jest.fn(async () => {
      if (call.mock.calls.length === 1) throw ecsError("unavailable");
      if (start.clock.now() < START + 60_000) throw ecsError("unreachable");
      return "ids";
    });
    expect(await start.clock.runUntil(calling(call))).toBe("ids");
  });

  test("is not sent if the run is already interrupted", async () => {
    const call = answers("ids");
    start.run.stop("interrupt");
    await expect(calling(call)).rejects.toMatchObject({ name: "InterruptedError" });
    expect(call).not.toHaveBeenCalled();
  });
});
