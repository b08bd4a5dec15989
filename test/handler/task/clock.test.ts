import { getEventListeners } from "node:events";
import { since, systemClock } from "../../../lib/handler/task/clock";

describe("the system's clock", () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000 }));
  afterEach(() => void jest.useRealTimers());

  test("date is the machine's time", () => expect(systemClock.date()).toBe(1_000));

  test("now does not jump when the machine's clock is set back or forward", async () => {
    const before = systemClock.now();
    for (const set of [-3_600_000, 7_200_000]) {
      jest.setSystemTime(1_000 + set);
      expect(systemClock.date()).toBe(1_000 + set);
      expect(systemClock.now()).toBe(before);
    }
    await jest.advanceTimersByTimeAsync(50);
    expect(systemClock.now()).toBe(before + 50);
  });

  test("sleeps for 60 days, longer than one timer can", async () => {
    const days = 24 * 3_600_000;
    let awake = false;
    const sleep = systemClock.sleep(60 * days).then(() => (awake = true));
    await jest.advanceTimersByTimeAsync(60 * days - 1);
    expect(awake).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await sleep;
  });

  test("an abort ends a long sleep after its first timer, too", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(60 * 24 * 3_600_000, controller.signal);
    await jest.advanceTimersByTimeAsync(40 * 24 * 3_600_000);
    controller.abort(new Error("stopped"));
    await expect(sleep).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("the time since a future date is 0", () => {
    expect(since(400, systemClock)).toBe(600);
    expect(since(5_000, systemClock)).toBe(0);
  });

  test("sleeps for the given time, and removes its listener from the signal", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(500, controller.signal).then(() => systemClock.date());
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

  test("does not sleep if the signal is already aborted", async () => {
    await expect(systemClock.sleep(500, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });
});
