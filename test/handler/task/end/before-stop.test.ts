import { getEventListeners } from "node:events";
import { beforeStop } from "../../../../lib/handler/task/end/before-stop";
import { FakeClock, START } from "../../../support/handler/clock";

describe("beforeStop", () => {
  let clock: FakeClock;
  let controller: AbortController;
  beforeEach(() => {
    clock = new FakeClock();
    controller = new AbortController();
  });
  const deadline = (): number => START + 5_000;

  test("has no deadline while nothing stops the run, and leaves nothing behind", async () => {
    expect(
      await clock.runUntil(
        beforeStop(
          clock.sleep(60_000).then(() => "done"),
          controller.signal,
          deadline,
          clock,
        ),
      ),
    ).toBe("done");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test("is late at the deadline, which counts from the stop", async () => {
    const work = beforeStop(new Promise(() => undefined), controller.signal, () => clock.now() + 5_000, clock);
    await clock.advance(10_000);
    controller.abort();
    expect(await clock.runUntil(work)).toBe("late");
    expect(clock.now()).toBe(START + 15_000);
  });

  test("is late at once when the deadline has passed", async () => {
    controller.abort();
    expect(await clock.runUntil(beforeStop(new Promise(() => undefined), controller.signal, () => START - 1, clock))).toBe("late");
  });

  test("work that ends in time after the stop leaves no timer", async () => {
    controller.abort();
    expect(
      await clock.runUntil(
        beforeStop(
          clock.sleep(1_000).then(() => "done"),
          controller.signal,
          deadline,
          clock,
        ),
      ),
    ).toBe("done");
    expect(clock.pending).toBe(0);
  });

  test("hands on a failure", async () => {
    await expect(beforeStop(Promise.reject(new Error("broken")), controller.signal, deadline, clock)).rejects.toThrow("broken");
  });
});
