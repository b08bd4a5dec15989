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

describe("contract row 13: a start call and its answer", () => {
  let start: Starting;
  const late: string[] = [];
  beforeEach(() => {
    late.length = 0;
    start = starting({});
  });
  const calling = (call: () => Promise<string>) => callStart(call, { ...OPTIONS, onLate: async (answer) => late.push(answer) }, start.deps);

  test("an answer is handed on", async () => {
    expect(await calling(answers("ids"))).toBe("ids");
    expect(start.clock.pending).toBe(0);
  });

  test.each<EcsErrorKind>(["unavailable", "busy", "throttled", "unreachable"])("%s is tried again", async (kind) => {
    const call = answers(ecsError(kind), "ids");
    expect(await start.clock.runUntil(calling(call))).toBe("ids");
    expect(call).toHaveBeenCalledTimes(2);
  });

  test("a refusal is told, also after a lost answer: ECS looked at the request again", async () => {
    await expect(calling(answers(ecsError("invalid")))).rejects.toMatchObject({ kind: "invalid" });
    await expect(start.clock.runUntil(calling(answers(ecsError("unavailable"), ecsError("invalid"))))).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  test("throttling, which starts nothing, is ridden out for as long as the user allows", async () => {
    await expect(start.clock.runUntil(calling(answers(ecsError("throttled"))))).rejects.toMatchObject({ kind: "throttled" });
    expect(start.clock.now() - START).toBeGreaterThan(580_000);
    expect(start.clock.now() - START).toBeLessThanOrEqual(600_000);
  });

  test("a lost answer is replayed for two minutes from then on", async () => {
    const throttled = Array.from({ length: 20 }, () => ecsError("throttled"));
    const outcome = start.clock.runUntil(calling(answers(...throttled, ecsError("unavailable"))));
    await expect(outcome).rejects.toBeInstanceOf(UnresolvedStartError);
    const first = START + 20 * 10_000;
    expect(start.clock.now() - START).toBeGreaterThan(120_000 + 100_000);
    expect(start.clock.now()).toBeLessThanOrEqual(first + 120_000);
  });

  test.each<EcsErrorKind>(["unavailable", "throttled", "busy", "expired", "credentials", "forbidden"])(
    "a lost answer followed by nothing but %s is not known to have come to nothing",
    async (kind) => {
      const outcome = start.clock.runUntil(calling(answers(ecsError("unavailable"), ecsError(kind))));
      await expect(outcome).rejects.toBeInstanceOf(UnresolvedStartError);
      await expect(outcome).rejects.toMatchObject({ cause: { kind } });
    },
  );

  test("an interrupt between two attempts, none of which can have started anything, ends it at once", async () => {
    const call = answers(ecsError("throttled", { retryAfter: 20_000 }));
    const outcome = calling(call);
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(outcome).rejects.toMatchObject({ name: "InterruptedError" });
    await start.clock.advance(60_000);
    expect(call).toHaveBeenCalledTimes(1);
  });

  test("an interrupt after a lost answer still has it replayed, to learn what was started", async () => {
    const call = answers(ecsError("unavailable"), "ids");
    const outcome = calling(call);
    await start.clock.advance(100);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test("an answer that comes soon after the interrupt is awaited", async () => {
    const outcome = calling(() => start.clock.sleep(4_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test("an answer that comes too late for Terraform is handed on when it comes", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
    expect(start.clock.now() - START).toBeLessThanOrEqual(5_000);
    await start.clock.advance(30_000);
    expect(late).toEqual(["ids"]);
  });

  test("an answer that never comes fails nothing later", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => Promise.reject(ecsError("invalid"))));
    await start.clock.advance(1_000);
    start.run.stop("interrupt");
    await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
    await start.clock.advance(30_000);
    await expect(start.run.drain()).resolves.toBeUndefined();
  });

  test("contract row 5: with Terraform gone, the answer is awaited however long it takes", async () => {
    const outcome = calling(() => start.clock.sleep(25_000).then(() => "ids"));
    await start.clock.advance(1_000);
    start.run.stop("orphaned");
    expect(await start.clock.runUntil(outcome)).toBe("ids");
  });

  test.each<EcsErrorKind>(["unreachable", "unavailable"])(
    "with Terraform gone, a start whose answer was lost is replayed for as long as ECS is %s, to learn what runs",
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

  test("a lost answer is replayed though the way to ECS is away for a minute", async () => {
    const call = jest.fn(async () => {
      if (call.mock.calls.length === 1) throw ecsError("unavailable");
      if (start.clock.now() < START + 60_000) throw ecsError("unreachable");
      return "ids";
    });
    expect(await start.clock.runUntil(calling(call))).toBe("ids");
  });

  test("nothing is called once the run was interrupted", async () => {
    const call = answers("ids");
    start.run.stop("interrupt");
    await expect(calling(call)).rejects.toMatchObject({ name: "InterruptedError" });
    expect(call).not.toHaveBeenCalled();
  });
});
