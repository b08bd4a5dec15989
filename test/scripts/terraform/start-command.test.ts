import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";
import { startCommand, type Options, type Running } from "../../../scripts/terraform/start-command.cjs";
import { until } from "../../support/waiting/until";

const shell = (script: string, options: Partial<Options> = {}): Running =>
  startCommand("sh", ["-c", script], { cwd: tmpdir(), env: cleanEnvironment(), ...options });

describe("a command that runs in the background", () => {
  test("returns its exit code and all of its output", async () => {
    const run = await shell("echo out; echo err >&2; exit 3").done;
    expect(run).toMatchObject({ code: 3, signal: null });
    expect(run.output.split("\n").sort()).toEqual(["", "err", "out"]);
  });

  test("is done although its child still runs with its output open, and closed when the child ends, too", async () => {
    const running = shell("sleep 1000 & echo early");
    expect((await running.done).output).toBe("early\n");
    running.signal("SIGKILL", "group");
    expect(await running.closed()).toMatchObject({ code: 0, output: "early\n" });
  });

  test("returns what it printed last, even if this process is busy while it ends", async () => {
    const busy = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const running = shell("sleep 1000 & sleep 0.6; echo last words");
    const other = spawn("echo", ["ready"]);
    // Node.js sees the other's output and end at once, then the end of both, and in its next turn only what the command wrote.
    other.stdout.once("data", () => {
      busy(1_000);
      setImmediate(() => busy(300));
    });
    busy(300);
    expect((await running.done).output).toBe("last words\n");
    running.signal("SIGKILL", "group");
  });

  test("gets a signal alone, or together with its children", async () => {
    const running = shell("trap 'echo heard; exit 0' INT; echo ready; while :; do sleep 0.05; done");
    await until("the shell to listen", () => running.output().includes("ready"));
    running.signal("SIGINT", "process");
    expect(await running.closed()).toMatchObject({ code: 0, output: "ready\nheard\n" });

    const group = shell("sleep 1000 & echo ready; wait");
    await until("the shell to start its child", () => group.output().includes("ready"));
    group.signal("SIGTERM", "group");
    expect(await group.closed()).toMatchObject({ code: null, signal: "SIGTERM" });
  });

  test("is rejected if it cannot be started", async () => {
    const running = startCommand("/nonexistent/terraform", [], { cwd: tmpdir(), env: {} });
    await expect(running.done).rejects.toThrow("ENOENT");
    await expect(running.closed()).rejects.toThrow("ENOENT");
  });

  test("is killed after its time limit, with an error that contains its output", async () => {
    const running = shell("echo ready; sleep 1000", { patience: 1_000 });
    await expect(running.done).rejects.toThrow(
      "the harness gave up after 1 s waiting for the end of sh -c echo ready; sleep 1000, which had printed:\nready\n",
    );
    await until("the shell to be killed", () => !isThere(running.pid));
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
