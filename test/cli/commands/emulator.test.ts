import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorCommand } from "../../../lib/cli/commands/emulator";
import type { CommandResult } from "../../../lib/cli/command";
import { CommandError, UsageError } from "../../../lib/cli/errors";
import { until } from "../../support/until";
import { type TestContext, testContext } from "../support/context";

const HELP = `Usage: imagetask emulator [flags]

Answers the ECS calls that import, export, copy and cancel images, on this machine, until Ctrl-C.
It needs no account and costs nothing. Point any ECS client at the endpoint that it prints.

Flags:
  --port N                   the port; 0 takes a free one (default 4566)
  --host HOST                the address to listen on (default 127.0.0.1)
  --allow-remote             let --host be an address that other machines can reach
  --access-key-id ID         the AccessKey that calls have to be signed with (default emulator)
  --access-key-secret TEXT   its secret (default emulator-secret)
  --task-duration TIME       how long a task runs, such as 5s, 10m, 1h30m (default 60s)
  --time-scale N             let time pass N times as fast (default 1)
  --state FILE               keep tasks and images in FILE over a restart (default: forget them)
  --set GROUP.NAME=VALUE     set a switch, such as afterCancel.image=CreateFailed; may be given again
  --verbose                  print each call also where stdout is no terminal
  --quiet                    print no calls
  --help                     show this text`;

interface Running {
  readonly context: TestContext;
  readonly url: string;
  readonly end: () => Promise<CommandResult>;
}

/** Starts the emulator on a free port and waits for what it prints first. */
async function start(args: readonly string[], overrides: Partial<TestContext> = {}): Promise<Running> {
  const context = testContext(overrides);
  let ended = false;
  const result = emulatorCommand.run(["--port", "0", ...args], context).finally(() => (ended = true));
  await Promise.race([result, until("the emulator to listen", () => ended || context.printed.includes("Ctrl-C stops it."))]);
  const url = /http:\S+/.exec(context.printed[0]!)![0];
  const end = (): Promise<CommandResult> => {
    context.stop();
    return result;
  };
  return { context, url, end };
}

describe("imagetask emulator", () => {
  it("has this help", () => {
    expect(emulatorCommand.help).toBe(HELP);
  });

  it("prints the endpoint and the environment, and ends well on Ctrl-C", async () => {
    const { context, url, end } = await start(["--access-key-id", "id", "--access-key-secret", "it's"]);
    const endpoint = url.slice("http://".length);
    expect(context.printed).toEqual([
      `The ECS emulator listens on ${url}`,
      "Open that in a browser to watch tasks, images and calls.",
      "",
      "In the shell that runs cdktf, terraform or tofu:",
      `  export ECS_ENDPOINT=${endpoint}`,
      `  export STS_ENDPOINT=${endpoint}`,
      "  export ALICLOUD_PROTOCOL=HTTP",
      "  export ALICLOUD_REGION=cn-hangzhou",
      "  export ALICLOUD_ACCESS_KEY=id",
      "  export ALICLOUD_SECRET_KEY='it'\\''s'",
      "",
      "Ctrl-C stops it.",
    ]);
    expect(await end()).toEqual({
      exitCode: 0,
      text: "Stopped after 0 calls. Tasks: 0 started, 0 finished, 0 failed, 0 cancelled, 0 still running.",
    });
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each([
    ["on a terminal", [], true, 1],
    ["with --verbose", ["--verbose"], false, 1],
    ["neither to a file", [], false, 0],
    ["nor with --quiet", ["--quiet"], true, 0],
  ])("prints each call %s", async (_, args, isTerminal, lines) => {
    const { context, url, end } = await start(args as string[], { isTerminal });
    await fetch(`${url}/?Action=DescribeTasks&RegionId=cn-hangzhou`);
    await end();
    expect(context.printed.filter((line) => line.includes("DescribeTasks"))).toHaveLength(lines);
  });

  it("hands duration, time scale and switches to the emulator", async () => {
    const { url, end } = await start([
      "--task-duration",
      "1h30m",
      "--time-scale=60",
      "--set",
      "afterCancel.image=CreateFailed",
      "--set",
      "image.quota=5",
    ]);
    const read = async (path: string): Promise<unknown> => (await fetch(`${url}/_admin${path}`)).json();
    expect(await read("/durations")).toMatchObject({ ImportImage: 5_400_000 });
    expect(await read("/behaviour")).toMatchObject({ afterCancel: { image: "CreateFailed" }, image: { quota: 5 } });
    await end();
  });

  it("keeps what there is in the state file", async () => {
    const dir = mkdtempSync(join(tmpdir(), "imagetask-cli-"));
    try {
      const state = join(dir, "state.json");
      const first = await start(["--state", state]);
      await fetch(`${first.url}/_admin/images`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "kept" }),
      });
      expect((await first.end()).text).toContain(`The state is in ${state}.`);

      const second = await start(["--state", state]);
      const { images } = (await (await fetch(`${second.url}/_admin/images`)).json()) as { images: { name: string }[] };
      await second.end();
      expect(images.map(({ name }) => name)).toEqual(["kept"]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it.each([
    [["--port", "x"], '--port is "x". It takes a number from 0 to 65535; 0 takes a free port.'],
    [["--port", "65536"], '--port is "65536". It takes a number from 0 to 65535; 0 takes a free port.'],
    [["--task-duration", "soon"], '--task-duration is "soon". It takes a number with a unit, such as 500ms, 60s, 10m or 1h30m.'],
    [["--time-scale", "0"], '--time-scale is "0". It takes a number above 0: 1 is real time, 60 makes a minute of an hour.'],
    [["--set", "afterCancel=x"], '--set is "afterCancel=x". It takes GROUP.NAME=VALUE, such as afterCancel.image=CreateFailed.'],
    [["--verbose", "--quiet"], "--verbose and --quiet exclude each other. Leave one of them out."],
  ])("refuses %j", async (args, message) => {
    await expect(emulatorCommand.run(args, testContext())).rejects.toEqual(new UsageError(message));
  });

  it("refuses a switch that there is not, in the emulator's words", async () => {
    await expect(emulatorCommand.run(["--set", "afterCancel.image=red"], testContext())).rejects.toThrow(UsageError);
  });

  it("says so when the port is taken", async () => {
    const { url, end } = await start([]);
    const port = new URL(url).port;
    const second = emulatorCommand.run(["--port", port], testContext());
    await expect(second).rejects.toThrow(CommandError);
    await expect(second).rejects.toThrow("another port");
    await end();
  });
});
