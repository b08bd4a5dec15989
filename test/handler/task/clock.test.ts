import { getEventListeners } from "node:events";
import { systemClock } from "../../../lib/handler/task/clock";

describe("the system's clock", () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000 }));
  afterEach(() => void jest.useRealTimers());

  test("tells the time", () => expect(systemClock.now()).toBe(1_000));

  test("sleeps for as long as asked, and lets go of the signal", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(500, controller.signal).then(() => systemClock.now());
    await jest.advanceTimersByTimeAsync(499);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await sleep).toBe(1_500);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("an abort ends the sleep with its reason, and leaves no timer", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(500, controller.signal);
    controller.abort(new Error("stopped"));
    await expect(sleep).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("does not fall asleep once aborted", async () => {
    await expect(systemClock.sleep(500, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });
});
