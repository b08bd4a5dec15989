import { EventEmitter } from "node:events";
import { handleSignals } from "../../../lib/plugin/process/signals";

describe("signals", () => {
  const source = new EventEmitter();
  const handlers = { terminate: jest.fn(), crashed: jest.fn() };
  handleSignals(source, handlers);
  beforeEach(() => jest.clearAllMocks());

  test.each(["SIGINT", "SIGHUP"])("%s is ignored", (signal) => {
    expect(source.emit(signal)).toBe(true);
    expect(handlers.terminate).not.toHaveBeenCalled();
  });

  test("SIGTERM calls terminate", () => {
    source.emit("SIGTERM");
    expect(handlers.terminate).toHaveBeenCalledTimes(1);
  });

  test.each(["uncaughtException", "unhandledRejection"])("%s calls crashed with the error", (event) => {
    const error = new Error("x");
    source.emit(event, error);
    expect(handlers.crashed.mock.calls[0][0]).toBe(error);
  });
});
