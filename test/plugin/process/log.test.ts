import { createLogger, levelFrom, type LogOptions } from "../../../lib/plugin/process/log";

const written = (options: Partial<LogOptions>, use: (log: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  use(
    createLogger({
      name: "imagetask",
      level: "debug",
      write: (line) => lines.push(line),
      now: () => new Date("2026-01-02T03:04:05.678Z"),
      ...options,
    }),
  );
  return lines;
};

describe("the log", () => {
  test("is written in hclog's JSON lines, with microseconds", () => {
    const [line] = written({}, (log) => log.log("info", "hello", { task: "t-1" }));
    expect(line).toMatch(/\n$/);
    expect(JSON.parse(line!)).toEqual({
      "@level": "info",
      "@message": "hello",
      "@module": "imagetask",
      "@timestamp": "2026-01-02T03:04:05.678000Z",
      task: "t-1",
    });
  });

  test("has neither control characters nor forged lines", () => {
    const [line] = written({}, (log) => log.log("info", "task\n2026 [ERROR] forged\u009b2J", { status: "a\u001b[2J\u202e", n: 1 }));
    expect(JSON.parse(line!)).toMatchObject({ "@message": "task 2026 [ERROR] forged2J", status: "a[2J", n: 1 });
  });

  test("has only lines at or above the level", () => {
    const lines = written({ level: "warn" }, (log) =>
      (["trace", "debug", "info", "warn", "error"] as const).forEach((level) => log.log(level, level)),
    );
    expect(lines.map((line) => JSON.parse(line)["@level"])).toEqual(["warn", "error"]);
  });

  test("is empty without a level", () => {
    expect(written({ level: undefined }, (log) => log.log("error", "x"))).toEqual([]);
  });

  test("does not throw for fields that JSON cannot represent, or for a broken pipe", () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const [line] = written({}, (log) => log.log("error", "hello", { circular, big: 1n }));
    expect(JSON.parse(line!)["@message"]).toBe("hello");
    const broken = (): void => {
      throw new Error("EPIPE");
    };
    expect(() => written({ write: broken }, (log) => log.log("error", "x"))).not.toThrow();
  });

  test.each([
    [{}, undefined],
    [{ TF_LOG: "off" }, undefined],
    [{ TF_LOG: "DEBUG" }, "debug"],
    [{ TF_LOG: "JSON" }, "trace"],
    [{ TF_LOG: "1" }, "trace"],
    [{ TF_LOG: "trace", TF_LOG_PROVIDER: "ERROR" }, "error"],
  ])("with %j has the level %s", (env, level) => {
    expect(levelFrom(env)).toBe(level);
  });
});
