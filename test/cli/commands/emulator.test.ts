import { mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorCommand } from "../../../lib/cli/commands/emulator";
import { CommandError, UsageError } from "../../../lib/cli/errors";
import { testContext } from "../support/context";
import { start } from "../support/running-emulator";

const HELP = `Usage: imagetask emulator [flags]

Runs an emulator of the ECS API for importing, exporting and copying images. Stop it with Ctrl-C.
It needs no account and is free of charge. Point any ECS client at the endpoint that it prints.

Flags:
  --port N                   the port to listen on; 0 picks a free one (default 4566)
  --host HOST                the address to listen on (default 127.0.0.1)
  --allow-remote             allow a --host that other machines can reach, such as 0.0.0.0 in a container;
                             the live page and the admin API then require a token
  --token TEXT               the token (default: a random one with --allow-remote, otherwise none)
  --allow-host NAME          another host name for the emulator, such as emulator.example.com; repeatable
                             (always allowed: IP addresses, localhost, names without a dot,
                             names that end in .internal, .local, .test or .aliyuncs.com)
  --tls                      serve HTTPS with a certificate that the emulator creates (default: HTTP)
  --tls-cert FILE            the certificate for HTTPS; with --tls, the emulator creates certificate and key
                             if neither file exists
  --tls-key FILE             the private key of the certificate
  --access-key-id ID         the id of the AccessKey that signs calls (default emulator)
  --access-key-secret TEXT   the secret of the AccessKey (default emulator-secret)
  --region REGION            the region that it prints, and the region of seeds that name none
                             (default cn-hangzhou)
  --seed FILE                a JSON file with the images, snapshots, tasks, buckets, roles and AccessKeys that
                             exist at the start (default: none)
  --state FILE               keep the state in FILE across restarts (default: in memory only)
  --task-duration TIME       how long a task runs, such as 5s, 10m or 1h30m (default 60s)
  --time-scale N             make time pass N times faster (default 1)
  --set GROUP.NAME=VALUE     set a switch, such as afterCancel.image=CreateFailed; repeatable
  --stop-after TIME          stop after this time without a call, such as 10m (default: run until stopped)
  --background DIR           start the emulator of DIR in the background, unless it is already running;
                             print its HOST:PORT and return. DIR contains its state, its log, and
                             profile.json, a credentials file with the profile "emulator".
                             Uses any free port and --stop-after 10m, unless the flags say otherwise
  --verbose                  print every call, even if stdout is not a terminal
  --quiet                    print no calls
  --help                     show this text

For health checks: GET or HEAD /_ready answers 200 while the emulator can answer calls.`;

describe("imagetask emulator", () => {
  test("has this help", () => {
    expect(emulatorCommand.help).toBe(HELP);
  });

  test("prints the endpoint and the environment, and ends with exit code 0 on Ctrl-C", async () => {
    const { context, url, end } = await start(["--access-key-id", "id", "--access-key-secret", "it's"]);
    const endpoint = url.slice("http://".length);
    expect(context.printed).toEqual([
      `The ECS emulator listens on ${url}`,
      "Open this address in a browser to watch tasks, images and calls.",
      "",
      "In the shell that runs cdktf, terraform or tofu:",
      `  export ECS_ENDPOINT=${endpoint}`,
      `  export STS_ENDPOINT=${endpoint}`,
      "  export ALICLOUD_PROTOCOL=HTTP",
      "  export ALICLOUD_REGION=cn-hangzhou",
      "  export ALICLOUD_ACCESS_KEY=id",
      "  export ALICLOUD_SECRET_KEY='it'\\''s'",
      "",
      "Press Ctrl-C to stop it.",
    ]);
    expect(await end()).toEqual({
      exitCode: 0,
      text: "Stopped after 0 calls. Tasks: 0 started, 0 finished, 0 failed, 0 cancelled, 0 still running.",
    });
    await expect(fetch(url)).rejects.toThrow();
  });

  test.each([
    ["prints each call on a terminal", [], true, 1],
    ["prints each call with --verbose", ["--verbose"], false, 1],
    ["prints no calls to a file", [], false, 0],
    ["prints no calls with --quiet", ["--quiet"], true, 0],
  ])("%s", async (_, args, isTerminal, lines) => {
    const { context, url, end } = await start(args as string[], { isTerminal });
    await fetch(`${url}/?Action=DescribeTasks&RegionId=cn-hangzhou`);
    expect((await end()).text).toMatch(/^Stopped after 1 call\. /);
    expect(context.printed.filter((line) => line.includes("DescribeTasks"))).toHaveLength(lines);
  });

  test("uses the given task duration and switches", async () => {
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

  test("keeps its images in the state file across a restart", async () => {
    const dir = mkdtempSync(join(tmpdir(), "imagetask-cli-"));
    try {
      const state = join(dir, "state.json");
      const first = await start(["--state", state]);
      await fetch(`${first.url}/_admin/images`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "kept" }),
      });
      expect((await first.end()).text).toContain(`The state is saved in ${state}.`);

      const second = await start(["--state", state]);
      const { images } = (await (await fetch(`${second.url}/_admin/images`)).json()) as { images: { name: string }[] };
      await second.end();
      expect(images.map(({ name }) => name)).toEqual(["kept"]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test("with --allow-remote prints addresses that can be called, and requires the token", async () => {
    const { context, url, end } = await start(["--host", "0.0.0.0", "--allow-remote", "--token", "open-sesame"]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const said = context.printed.join("\n");
    expect(said).not.toContain("0.0.0.0");
    expect(said).toContain(`Open ${url}/?token=open-sesame in a browser`);
    expect(said).toContain(`curl -H 'authorization: Bearer open-sesame' ${url}/_admin`);
    expect((await fetch(`${url}/_admin/state`)).status).toBe(401);
    expect((await fetch(`${url}/_admin/state`, { headers: { authorization: "Bearer open-sesame" } })).status).toBe(200);
    expect((await fetch(`${url}/_ready`)).status).toBe(200);
    const elsewhere = /reach it at (\S+?)(,|$)/m.exec(said)?.[1];
    const hasOtherAddress = Object.values(networkInterfaces()).some((all) =>
      all!.some(({ family, internal }) => family === "IPv4" && !internal),
    );
    const reached = elsewhere && (await fetch(`http://${elsewhere}/?token=open-sesame`)).status;
    expect(reached).toBe(hasOtherAddress ? 200 : undefined);
    await end();
  });

  test("creates a token if none is given, and refuses one that is too short", async () => {
    const { context, end } = await start(["--allow-remote"]);
    expect(context.printed.join("\n")).toMatch(/\?token=[0-9a-f]{32} in a browser/);
    await end();
    await expect(emulatorCommand.run(["--token", "x"], testContext())).rejects.toThrow("8 or more letters");
  });

  test.each([
    [["--port", "x"], '--port is "x". Allowed: 0 to 65535; 0 picks a free port.'],
    [["--port", "65536"], '--port is "65536". Allowed: 0 to 65535; 0 picks a free port.'],
    [["--task-duration", "soon"], '--task-duration is "soon". Allowed: a number with a unit, such as 500ms, 60s, 10m or 1h30m.'],
    [
      ["--time-scale", "0"],
      '--time-scale is "0". Allowed: a number above 0. With 1, time passes as in reality; with 60, an hour takes a minute.',
    ],
    [["--set", "afterCancel=x"], '--set is "afterCancel=x". Allowed: GROUP.NAME=VALUE, such as afterCancel.image=CreateFailed.'],
    [["--verbose", "--quiet"], "--verbose and --quiet can't be used together. Remove one of them."],
  ])("refuses %j", async (args, message) => {
    await expect(emulatorCommand.run(args, testContext())).rejects.toEqual(new UsageError(message));
  });

  test("refuses an invalid value of a switch with the allowed ones", async () => {
    await expect(emulatorCommand.run(["--set", "afterCancel.image=red"], testContext())).rejects.toEqual(
      new UsageError('The switch afterCancel.image is "red". Allowed: "gone", "CreateFailed", "UnAvailable".'),
    );
  });

  test("fails with a hint to another port if the port is in use", async () => {
    const { url, end } = await start([]);
    const port = new URL(url).port;
    const second = emulatorCommand.run(["--port", port], testContext());
    await expect(second).rejects.toThrow(CommandError);
    await expect(second).rejects.toThrow("another port");
    await end();
  });
});
