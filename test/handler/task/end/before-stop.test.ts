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

  test("has no deadline while the run goes on, and leaves neither timer nor listener", async () => {
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

  test("gives up at the deadline, which is counted from the stop", async () => {
    const work = beforeStop(new Promise(() => undefined), controller.signal, () => clock.now() + 5_000, clock);
    await clock.advance(10_000);
    controller.abort();
    expect(await clock.runUntil(work)).toBe("late");
    expect(clock.now()).toBe(START + 15_000);
  });

  test("gives up at once if the deadline has passed", async () => {
    controller.abort();
    expect(await clock.runUntil(beforeStop(new Promise(() => undefined), controller.signal, () => START - 1, clock))).toBe("late");
  });

  test("returns the result of work that ends between stop and deadline, and leaves no timer", async () => {
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

  test("rejects as the work does", async () => {
    await expect(beforeStop(Promise.reject(new Error("broken")), controller.signal, deadline, clock)).rejects.toThrow("broken");
  });
});
