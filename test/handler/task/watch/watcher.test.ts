import type { EcsErrorKind } from "../../../../lib/handler/errors";
import type { EcsGateway } from "../../../../lib/handler/task/gateway";
import type { Watcher } from "../../../../lib/handler/task/watch/watcher";
import { anImage, anImport, aTask, details, ecsError, page } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";
import { never, watcherOn } from "../../../support/handler/watching";

describe("the watcher", () => {
  let clock: FakeClock;
  let logged: string[];
  beforeEach(() => {
    clock = new FakeClock();
    logged = [];
  });
  const watching = (gateway: EcsGateway, pollInterval?: number): Watcher => watcherOn(clock, gateway, logged, pollInterval);
  const scripted = (scripts: Scripts, pollInterval?: number) => {
    const gateway = fakeGateway(scripts);
    return { gateway, watcher: watching(gateway, pollInterval) };
  };

  test("polls at once when a wait begins", async () => {
    const { watcher } = scripted({ describeTaskAttribute: [details({ status: "Deleted" })] });
    await clock.runUntil(watcher.until(anImport(), never));
    expect(clock.now() - START).toBeLessThan(100);
  });

  test("shares polls and progress between waits for the same operation, and an aborted one does not affect the others", async () => {
    const { gateway, watcher } = scripted({
      describeTaskAttribute: [20, 40, 60]
        .map((progress) => details({ status: "Processing", progress }))
        .concat(details({ status: "Deleted" })),
    });
    const leaving = new AbortController();
    const seen: (number | undefined)[] = [];
    const left = watcher.until(anImport(), leaving.signal).catch((error: unknown) => error);
    const both = Promise.all([watcher.until(anImport(), never), watcher.until(anImport(), never, ({ percent }) => seen.push(percent))]);
    await clock.advance(500);
    leaving.abort(new Error("enough"));
    expect(await left).toEqual(new Error("enough"));
    const [one, other] = await clock.runUntil(both);
    expect(one).toEqual(other);
    expect(seen).toEqual([20, 40, 60]);
    expect(gateway.of("describeTaskAttribute")).toHaveLength(4);
  });

  test("does not delay a poll if the machine's clock is set back by an hour", async () => {
    const { watcher } = scripted({
      describeTaskAttribute: [details({ status: "Processing" }), details({ status: "Processing" }), details({ status: "Deleted" })],
    });
    const ending = watcher.until(anImport(), never);
    await clock.advance(100);
    clock.set(-3_600_000);
    await clock.runUntil(ending);
    expect(clock.now() - START).toBeLessThan(10_000);
  });

  test("a Finished task does not end the wait until its image is Available", async () => {
    const { watcher } = scripted({
      describeTaskAttribute: [details({ status: "Finished" })],
      describeImages: [page(anImage({ status: "Creating" })), page(anImage({ status: "Creating" })), page(anImage())],
    });
    const { assessment } = await clock.runUntil(watcher.until(anImport(), never));
    expect(assessment).toEqual({ state: "finished", status: "Finished" });
    expect(clock.now() - START).toBeLessThan(3_000);
  });

  test("an Available image that is not usable yet is waited for, for a minute at most, even if its import is old", async () => {
    clock = new FakeClock(START + 3_600_000);
    const { watcher } = scripted({
      describeTaskAttribute: [details({ status: "Finished" })],
      describeImages: [page(anImage({ usable: false }))],
    });
    const { assessment } = await clock.runUntil(watcher.until(anImport(), never));
    expect(assessment.state).toBe("finished");
    expect(clock.now() - START - 3_600_000).toBeGreaterThanOrEqual(60_000);
    expect(clock.now() - START - 3_600_000).toBeLessThan(66_000);
  });

  test("contract row 12: an import whose task ECS no longer lists is finished if its image is Available", async () => {
    clock = new FakeClock(START + 86_400_000);
    const { watcher } = scripted({
      describeTasks: [page()],
      describeTaskAttribute: [ecsError("not-found")],
      describeImages: [page(anImage())],
    });
    expect((await clock.runUntil(watcher.until(anImport(), never))).assessment.state).toBe("finished");
  });

  test("poll_interval is the exact time between two polls", async () => {
    const times: number[] = [];
    const { watcher } = scripted(
      { describeTaskAttribute: async () => (times.push(clock.now()), details({ status: times.length < 4 ? "Processing" : "Failed" })) },
      7_000,
    );
    await clock.runUntil(watcher.until(anImport(), never));
    expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual([7_000, 7_000, 7_000]);
  });

  test("an abort rejects at once and stops the polls", async () => {
    const controller = new AbortController();
    const { gateway, watcher } = scripted({ describeTaskAttribute: [details()] });
    const wait = watcher.until(anImport(), controller.signal);
    await clock.advance(10_000);
    controller.abort(new Error("stopped"));
    await expect(wait).rejects.toThrow("stopped");
    const looks = gateway.calls.length;
    await clock.advance(60_000);
    expect(gateway.calls).toHaveLength(looks);
    expect(clock.pending).toBe(0);
  });

  test("an operation whose wait is already aborted is not polled", async () => {
    const { gateway, watcher } = scripted({});
    await expect(watcher.until(anImport(), AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
    await clock.advance(1_000);
    expect(gateway.calls).toEqual([]);
  });

  test("the first poll of a later operation does not wait for the next poll of the others", async () => {
    const { watcher } = scripted(
      {
        describeTaskAttribute: async (_, id) => details({ taskId: id, status: id === "t-late" ? "Failed" : "Processing" }),
        describeTasks: [page(aTask())],
      },
      60_000,
    );
    void watcher.until(anImport(), never);
    await clock.advance(5_000);
    const begun = clock.now();
    await clock.runUntil(watcher.until(anImport({ taskId: "t-late" }), never));
    expect(clock.now() - begun).toBeLessThan(100);
  });

  describe("contract row 11: a failed poll never cancels and never ends a wait", () => {
    test.each<EcsErrorKind>(["throttled", "unavailable", "unreachable", "expired"])(
      "a wait goes on through ten minutes of %s",
      async (kind) => {
        const { watcher } = scripted({
          describeTaskAttribute: async () => {
            if (clock.now() < START + 600_000) throw ecsError(kind);
            return details({ status: "Failed" });
          },
        });
        expect((await clock.runUntil(watcher.until(anImport(), never))).assessment.state).toBe("failed");
        expect(clock.now() - START - 600_000).toBeLessThan(11_000);
      },
    );

    test("a wait whose polls all fail ends when it is aborted, and leaves no timer", async () => {
      const controller = new AbortController();
      const { watcher } = scripted({ describeTaskAttribute: [ecsError("unreachable")] });
      const wait = watcher.until(anImport(), controller.signal);
      wait.catch(() => undefined);
      await clock.advance(300_000);
      controller.abort(new Error("time is up"));
      await expect(wait).rejects.toThrow("time is up");
      expect(clock.pending).toBe(0);
    });

    test("polls that fail are at least five seconds apart in the end", async () => {
      const { gateway, watcher } = scripted({ describeTaskAttribute: [ecsError("throttled")] });
      watcher.until(anImport(), AbortSignal.any([never])).catch(() => undefined);
      await clock.advance(60_000);
      const first = gateway.calls.length;
      await clock.advance(600_000);
      expect(gateway.calls.length - first).toBeGreaterThan(600 / 15);
      expect(gateway.calls.length - first).toBeLessThanOrEqual(600 / 5);
    });

    test.each<EcsErrorKind>(["forbidden", "invalid"])("%s ends the wait after a minute", async (kind) => {
      const { watcher } = scripted({ describeTaskAttribute: [ecsError(kind)] });
      await expect(clock.runUntil(watcher.until(anImport(), never))).rejects.toMatchObject({ kind });
      expect(clock.now() - START).toBeGreaterThanOrEqual(60_000);
      expect(clock.now() - START).toBeLessThan(75_000);
    });

    test.each(["settings", "credentials"] as const)(
      "an error of %s ends the wait at once on the first poll, and only after a minute once a poll has succeeded",
      async (kind) => {
        const { watcher } = scripted({ describeTaskAttribute: async () => Promise.reject(ecsError(kind)) });
        const begun = clock.now();
        await expect(clock.runUntil(watcher.until(anImport(), never))).rejects.toMatchObject({ kind });
        expect(clock.now() - begun).toBeLessThan(5_000);

        let looks = 0;
        const later = scripted({
          describeTaskAttribute: async () => {
            looks++;
            if (looks > 1 && looks < 6) throw ecsError(kind);
            return details({ status: looks < 6 ? "Processing" : "Failed" });
          },
        });
        await expect(clock.runUntil(later.watcher.until(anImport(), never))).resolves.toMatchObject({
          assessment: { state: "failed" },
        });
      },
    );

    test("refusals that pass within a minute do not end the wait", async () => {
      let looks = 0;
      const { watcher } = scripted({
        describeTaskAttribute: async () => {
          if (++looks % 3 !== 0) throw ecsError("forbidden");
          return details({ status: looks < 60 ? "Processing" : "Failed" });
        },
      });
      expect((await clock.runUntil(watcher.until(anImport(), never))).assessment.state).toBe("failed");
    });

    test("a refused list of the images, which only shows progress, neither ends the wait nor is logged", async () => {
      const operations = ["t-1", "t-2", "t-3"].map((taskId) => anImport({ taskId, imageId: `m${taskId}` }));
      const describeTasks = async (): ReturnType<EcsGateway["describeTasks"]> =>
        page(
          ...operations.map(({ taskId, imageId }) =>
            aTask({ taskId: taskId!, resourceId: imageId!, status: clock.now() < START + 90_000 ? "Processing" : "Failed" }),
          ),
        );
      const { watcher } = scripted({ describeTasks, describeImages: [ecsError("forbidden")] });
      const endings = await clock.runUntil(Promise.all(operations.map((operation) => watcher.until(operation, never))));
      expect(endings.map(({ assessment }) => assessment.state)).toEqual(["failed", "failed", "failed"]);
      expect(logged.join()).not.toContain("failed and will be repeated");
    });

    test("an exception that is not an error of ECS ends the wait at once", async () => {
      const { watcher } = scripted({ describeTaskAttribute: [new TypeError("a bug")] });
      await expect(clock.runUntil(watcher.until(anImport(), never))).rejects.toThrow("a bug");
    });
  });
});
