import { Lifetime } from "../../../lib/plugin/process/lifetime";

type Reason = "shutdown" | "orphaned";

describe("the lifetime of the plugin's process", () => {
  let events: string[];
  let finish: { [reason in Reason]?: () => void };
  let drains: boolean;
  let lifetime: Lifetime;

  beforeEach(() => {
    jest.useFakeTimers();
    events = [];
    finish = {};
    drains = true;
    lifetime = new Lifetime({
      provider: () => ({
        drain: (reason) => {
          events.push(`drain ${reason}`);
          return drains ? Promise.resolve() : new Promise((resolve) => (finish[reason] = resolve));
        },
      }),
      log: { log: () => {} },
      close: async () => void events.push("close"),
      exit: (code) => void events.push(`exit ${code}`),
      limits: { orphaned: 900_000, idle: 20_000 },
    });
  });
  afterEach(() => jest.useRealTimers());
  const turn = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

  test("drains on Shutdown, answers, then exits with 0", async () => {
    await lifetime.shutdown();
    events.push("answered");
    await turn();
    expect(events.filter((event) => event !== "close")).toEqual(["drain shutdown", "answered", "exit 0"]);
  });

  test("after Terraform's death exits when it has drained, not before", async () => {
    drains = false;
    lifetime.callStarted();
    lifetime.orphaned();
    lifetime.orphaned();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(events).toEqual(["drain orphaned"]);
    finish.orphaned!();
    await turn();
    expect(events).toEqual(["drain orphaned", "close", "exit 0"]);
  });

  test("exits with 1 if draining takes longer than the limit", async () => {
    drains = false;
    lifetime.orphaned();
    await jest.advanceTimersByTimeAsync(899_999);
    expect(events).toEqual(["drain orphaned"]);
    await jest.advanceTimersByTimeAsync(1);
    expect(events).toEqual(["drain orphaned", "exit 1"]);
  });

  test("drains for both reasons if Terraform dies during its Shutdown", async () => {
    drains = false;
    void lifetime.shutdown();
    await turn();
    lifetime.orphaned();
    await turn();
    finish.shutdown!();
    await turn();
    expect(events).toEqual(["drain shutdown", "drain orphaned"]);
    finish.orphaned!();
    await turn();
    expect(events).toEqual(["drain shutdown", "drain orphaned", "close", "exit 0"]);
  });

  test("ignores SIGTERM while a call runs and for 20 s after it", async () => {
    const ended = lifetime.callStarted();
    lifetime.terminate();
    await jest.advanceTimersByTimeAsync(600_000);
    ended();
    await jest.advanceTimersByTimeAsync(19_999);
    expect(events).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(events).toEqual(["drain shutdown", "close", "exit 0"]);
  });

  test("starts the 20 s again when another call comes", async () => {
    lifetime.terminate();
    await jest.advanceTimersByTimeAsync(19_000);
    lifetime.callStarted()();
    await jest.advanceTimersByTimeAsync(19_000);
    expect(events).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(events.at(-1)).toBe("exit 0");
  });

  test("after an uncaught error answers the running calls and those that follow, then exits with 1", async () => {
    const start = lifetime.callStarted();
    lifetime.crashed(new Error("x"));
    await jest.advanceTimersByTimeAsync(600_000);
    start();
    await jest.advanceTimersByTimeAsync(1_000);
    const wait = lifetime.callStarted();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(events).toEqual([]);
    wait();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(events).toEqual(["drain shutdown", "close", "exit 1"]);
  });

  test("exits with 1 after 20 s if it is idle at an uncaught error, even if others follow", async () => {
    lifetime.crashed(new Error("x"));
    await jest.advanceTimersByTimeAsync(15_000);
    lifetime.crashed(new Error("y"));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(events).toEqual(["drain shutdown", "close", "exit 1"]);
  });

  test("exits although draining fails or there is no provider yet", async () => {
    const bare = (provider: () => { drain(): Promise<void> } | undefined): Promise<void> =>
      new Lifetime({
        provider,
        log: { log: () => {} },
        close: async () => {},
        exit: (code) => void events.push(`exit ${code}`),
        limits: { orphaned: 1_000, idle: 1_000 },
      }).shutdown();
    await bare(() => undefined);
    await bare(() => ({ drain: () => Promise.reject(new Error("x")) }));
    await turn();
    expect(events).toEqual(["exit 0", "exit 0"]);
  });
});
