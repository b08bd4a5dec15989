import { getEventListeners } from "node:events";
import { since, systemClock } from "../../../lib/handler/task/clock";

describe("the system's clock", () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000 }));
  afterEach(() => void jest.useRealTimers());

  test("tells the date", () => expect(systemClock.date()).toBe(1_000));

  test("goes on alike when the machine's clock is put back, or forward", async () => {
    const before = systemClock.now();
    for (const set of [-3_600_000, 7_200_000]) {
      jest.setSystemTime(1_000 + set);
      expect(systemClock.date()).toBe(1_000 + set);
      expect(systemClock.now()).toBe(before);
    }
    await jest.advanceTimersByTimeAsync(50);
    expect(systemClock.now()).toBe(before + 50);
  });

  test("sleeps for longer than one timer can", async () => {
    const days = 24 * 3_600_000;
    let awake = false;
    const sleep = systemClock.sleep(60 * days).then(() => (awake = true));
    await jest.advanceTimersByTimeAsync(60 * days - 1);
    expect(awake).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await sleep;
  });

  test("an abort ends a long sleep in its later part too", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(60 * 24 * 3_600_000, controller.signal);
    await jest.advanceTimersByTimeAsync(40 * 24 * 3_600_000);
    controller.abort(new Error("stopped"));
    await expect(sleep).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("since a date that is yet to come, no time has passed", () => {
    expect(since(400, systemClock)).toBe(600);
    expect(since(5_000, systemClock)).toBe(0);
  });

  test("sleeps for as long as asked, and lets go of the signal", async () => {
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

  test("does not fall asleep once aborted", async () => {
    await expect(systemClock.sleep(500, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
    expect(jest.getTimerCount()).toBe(0);
  });
});
