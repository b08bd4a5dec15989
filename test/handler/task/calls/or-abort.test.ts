import { getEventListeners } from "node:events";
import { orAbort } from "../../../../lib/handler/task/calls/or-abort";
import { drain } from "../../../support/handler/clock";

describe("orAbort", () => {
  test("returns the promise itself without a signal", () => {
    const work = Promise.resolve(1);
    expect(orAbort(work, undefined)).toBe(work);
  });

  test("settles as the promise does, and removes its listener from the signal", async () => {
    const { signal } = new AbortController();
    expect(await orAbort(Promise.resolve(1), signal)).toBe(1);
    await expect(orAbort(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
    await drain();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("rejects at the abort, and a later rejection of the promise is not unhandled", async () => {
    const controller = new AbortController();
    let fail = (_: Error): void => undefined;
    const outcome = orAbort(new Promise((_, reject) => (fail = reject)), controller.signal);
    controller.abort(new Error("stopped"));
    await expect(outcome).rejects.toThrow("stopped");
    fail(new Error("too late"));
    await drain();
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("rejects at once if the signal is already aborted", async () => {
    await expect(orAbort(new Promise(() => undefined), AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  });
});
