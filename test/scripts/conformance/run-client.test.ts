import { loadScript } from "../support/load-script";
import type { Line } from "../support/conformance";

interface Run {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly config: object;
  readonly keys: object;
  readonly env: object;
  readonly signal?: AbortSignal;
  readonly report?: { line?(line: Line): void; stderr?(text: string): void };
}
type RunClient = (run: Run) => Promise<{ lines: Line[]; last?: string }>;
const { runClient } = loadScript<{ runClient: RunClient }>("scripts/conformance/run-client.mjs");
const { CHECKS } = loadScript<{ CHECKS: { name: string }[] }>("scripts/conformance/checks.mjs");
const NAMES = CHECKS.map((check) => check.name);
const SAY = `const say = (check, rest) => console.log(JSON.stringify({ check, outcome: "passed", seen: "", facts: {}, ...rest }));
  const names = ${JSON.stringify(NAMES)};`;

/** Runs a small program instead of a client. */
function run(program: string, over: Partial<Run> = {}) {
  return runClient({
    command: [process.execPath, "-e", SAY + program],
    cwd: __dirname,
    config: { deadlineMs: 1_000, cleanupMs: 1_000 },
    keys: { id: "id", secret: "the-secret", token: "the-token" },
    env: process.env,
    ...over,
  });
}

describe("runClient", () => {
  test("returns a line for every check", async () => {
    const { lines, last } = await run("names.forEach((name) => say(name, { seen: name }))");
    expect(lines.map((line) => [line.check, line.outcome, line.seen])).toEqual(NAMES.map((name) => [name, "passed", name]));
    expect(last).toBe("cleanup");
  });

  test("reports the checks that a crashed client did not run as failed", async () => {
    const { lines, last } = await run('say(names[0]); throw new Error("no network")');
    expect(lines.map((line) => line.outcome)).toEqual(["passed", ...NAMES.slice(1).map(() => "failed")]);
    expect(lines[1]!.expected).toBe("a line, but the client ended with exit code 1");
    expect(last).toBe(NAMES[0]);
  });

  test("reports a client that cannot be started", async () => {
    const { lines } = await run("", { command: ["/nonexistent/client"] });
    expect(lines[0]!.expected).toMatch(/could not be started: .*ENOENT/);
  });

  test("reports checks in another order, twice, or with unknown names", async () => {
    for (const names of [[...NAMES].reverse(), [...NAMES, NAMES[0]!], [...NAMES, "tea"]]) {
      const { lines } = await run(`${JSON.stringify(names)}.forEach((name) => say(name))`);
      expect(lines.at(-1)).toMatchObject({ check: "order", outcome: "failed" });
    }
  });

  test("hides the secret and the token in lines and in stderr", async () => {
    const stderr: string[] = [];
    const program = `const { ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret, ALIBABA_CLOUD_SECURITY_TOKEN: token } = process.env;
      console.error("signed by " + secret + " " + token); names.forEach((name) => say(name, { seen: secret + " " + token }))`;
    const { lines } = await run(program, { report: { stderr: (text) => stderr.push(text) } });
    expect(lines[0]!.seen).toBe("*** ***");
    expect(stderr).toEqual(["signed by *** ***"]);
  });

  test("hides the token, the signature and the access key id in a URL", async () => {
    const keys = { id: "LTAI5tLooksLikeARealOne", secret: "the-secret", token: "a+token/with=signs" };
    const url = `http://127.0.0.1/?AccessKeyId=${keys.id}&SecurityToken=${encodeURIComponent(keys.token)}&Signature=abc%3D`;
    const { lines } = await run(`say(names[0], { seen: ${JSON.stringify(url)} })`, { keys });
    expect(lines[0]!.seen).toBe("http://127.0.0.1/?AccessKeyId=***&SecurityToken=***&Signature=***");
  });

  test("gives a client only the credentials of the run", async () => {
    const env = {
      PATH: process.env["PATH"],
      ALICLOUD_SECRET_KEY: "mine",
      ALIBABA_CLOUD_PROFILE: "mine",
      ALIBABACLOUD_X: "mine",
      OTHER: "kept",
    };
    const program = `const found = Object.keys(process.env).filter((name) => process.env[name] === "mine" || name === "OTHER");
      names.forEach((name) => say(name, { seen: found.join(",") }))`;
    expect((await run(program, { env })).lines[0]!.seen).toBe("OTHER");
  });

  test("sends SIGTERM to a client on an interrupt, and waits until it has cleaned up", async () => {
    const interrupt = new AbortController();
    const program = `process.on("SIGTERM", () => { names.slice(1).forEach((name) => say(name, { outcome: "skipped", seen: "interrupted" })); process.exit(130); });
      setInterval(() => {}, 1000); say(names[0]);`;
    const { lines, last } = await run(program, { signal: interrupt.signal, report: { line: () => interrupt.abort() } });
    expect(lines.slice(0, 2).map((line) => line.outcome)).toEqual(["passed", "skipped"]);
    expect(last).toBe("cleanup");
  });
});
