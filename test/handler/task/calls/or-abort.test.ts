import { getEventListeners } from "node:events";
import { orAbort } from "../../../../lib/handler/task/calls/or-abort";
import { drain } from "../../../support/handler/clock";

describe("orAbort", () => {
  test("is the work itself without a signal", () => {
    const work = Promise.resolve(1);
    expect(orAbort(work, undefined)).toBe(work);
  });

  test("gives the work's outcome, and lets go of the signal", async () => {
    const { signal } = new AbortController();
    expect(await orAbort(Promise.resolve(1), signal)).toBe(1);
    await expect(orAbort(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
    await drain();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("rejects at the abort, and what becomes of the work then is nobody's concern", async () => {
    const controller = new AbortController();
    let fail = (_: Error): void => undefined;
    const outcome = orAbort(new Promise((_, reject) => (fail = reject)), controller.signal);
    controller.abort(new Error("stopped"));
    await expect(outcome).rejects.toThrow("stopped");
    fail(new Error("too late"));
    await drain();
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("rejects when aborted already", async () => {
    await expect(orAbort(new Promise(() => undefined), AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  });
});
