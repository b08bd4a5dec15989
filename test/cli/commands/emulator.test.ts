import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownCertificate } from "../../../lib/emulator";
import { emulatorCommand } from "../../../lib/cli/commands/emulator";
import type { CommandResult } from "../../../lib/cli/command";
import { CommandError, UsageError } from "../../../lib/cli/errors";
import { until } from "../../support/waiting/until";
import { type TestContext, testContext } from "../support/context";

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
                             .internal, .local, .test)
  --tls                      serve HTTPS with a certificate that the emulator creates (default: HTTP)
  --tls-cert FILE            the certificate to use; with --tls, created if neither file exists
  --tls-key FILE             the private key of the certificate
  --access-key-id ID         the id of the AccessKey that signs calls (default emulator)
  --access-key-secret TEXT   its secret (default emulator-secret)
  --region REGION            the region to print, and of seeds that name none (default cn-hangzhou)
  --seed FILE                a JSON file with images, tasks, buckets and roles to start with (default: none)
  --state FILE               keep the state in FILE across restarts (default: in memory only)
  --task-duration TIME       how long a task runs, such as 5s, 10m or 1h30m (default 60s)
  --time-scale N             make time pass N times faster (default 1)
  --set GROUP.NAME=VALUE     set a switch, such as afterCancel.image=CreateFailed; repeatable
  --verbose                  print every call, even if stdout is not a terminal
  --quiet                    print no calls
  --help                     show this text

For health checks: GET or HEAD /_ready answers 200 while the emulator can answer calls.`;

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
  await Promise.race([result, until("the emulator to listen", () => ended || context.printed.includes("Press Ctrl-C to stop it."))]);
  const url = /https?:\S+/.exec(context.printed[0]!)![0];
  const end = (): Promise<CommandResult> => {
    context.stop();
    return result;
  };
  return { context, url, end };
}

function secureStatus(url: string, options: { readonly ca?: Buffer; readonly servername?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { ...options, agent: false }, (answer) => resolve(answer.resume().statusCode!)).once("error", reject);
  });
}

describe("imagetask emulator", () => {
  test("has this help", () => {
    expect(emulatorCommand.help).toBe(HELP);
  });

  test("prints the endpoint and the environment, and ends well on Ctrl-C", async () => {
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

  test("hands duration, time scale and switches to the emulator", async () => {
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

  test("keeps what there is in the state file", async () => {
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

  test("is reached from elsewhere on purpose, with addresses that can be called and a token", async () => {
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
    if (elsewhere) expect((await fetch(`http://${elsewhere}/?token=open-sesame`)).status).toBe(200);
    await end();
  });

  test("makes a token of its own when none is given, and refuses one that is too short", async () => {
    const { context, end } = await start(["--allow-remote"]);
    expect(context.printed.join("\n")).toMatch(/\?token=[0-9a-f]{32} in a browser/);
    await end();
    await expect(emulatorCommand.run(["--token", "x"], testContext())).rejects.toThrow("8 or more letters");
  });

  describe("with files", () => {
    let dir: string;
    beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "imagetask-cli-"))));
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    const seedFile = (content: unknown): string => {
      const file = join(dir, "seed.json");
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    };

    test("starts with what the seed file holds, in the region that it prints", async () => {
      const file = seedFile({
        images: [{ id: "m-bp1base", name: "base", tags: { app: "web" } }],
        buckets: [{ name: "builds", objects: [{ key: "web.qcow2", size: 1024 }] }],
        tasks: [{ action: "ExportImage", imageId: "m-bp1base" }],
        serviceRoles: ["AliyunECSImageImportDefaultRole"],
      });
      const { context, url, end } = await start(["--seed", file, "--region", "eu-central-1"]);
      expect(context.printed).toContain("  export ALICLOUD_REGION=eu-central-1");
      const read = async (path: string): Promise<unknown> => (await fetch(`${url}/_admin${path}`)).json();
      expect(await read("/images")).toMatchObject({ images: [{ id: "m-bp1base", name: "base", region: "eu-central-1" }] });
      expect(await read("/tasks")).toMatchObject({ tasks: [{ action: "ExportImage", region: "eu-central-1" }] });
      expect(await read("/oss")).toMatchObject({ buckets: [{ name: "builds", region: "eu-central-1" }] });
      await end();
    });

    test.each([
      ['{\n  "images": [,]\n}', /seed\.json can't be parsed: Unexpected token .* is not valid JSON\.$/],
      [{ image: [] }, 'The seed has an unknown member "image". Allowed: region, images,'],
      [{ images: {} }, 'The member "images" is {}. Allowed: a list of objects.'],
      [{ images: [{}, { status: "Lost" }] }, 'The seed\'s images[1]: The status is "Lost". Allowed: Waiting,'],
      [{ images: [{ colour: "red" }] }, 'The member "images[0]" has an unknown member "colour".'],
      [{ images: [{ disks: [{ size: "big" }] }] }, 'The member "images[0].disks[0].size" is "big". Allowed: a number, 0 or more.'],
      [{ images: [{ region: "cn-nowhere" }] }, 'The seed\'s images[0]: There is no region "cn-nowhere". Allowed: cn-qingdao,'],
      [{ region: "cn-nowhere", buckets: [{ name: "b" }] }, 'There is no region "cn-nowhere".'],
      [{ images: [{ id: "m-1" }, { id: "m-1" }] }, 'The seed\'s images[1]: The image "m-1" exists already.'],
      [{ tasks: [{}] }, 'The member "tasks[0]" lacks the member "action".'],
      [{ buckets: [{ name: "b", objects: [{ size: 1 }] }] }, 'The member "buckets[0].objects[0]" lacks the member "key".'],
      [[], "The seed is not a JSON object. Allowed: an object with region, images,"],
    ])("says what is wrong with a seed file: %j", async (content, message) => {
      await expect(emulatorCommand.run(["--seed", seedFile(content), "--port", "0"], testContext())).rejects.toThrow(message);
    });

    test("says so when there is no seed file", async () => {
      await expect(emulatorCommand.run(["--seed", join(dir, "none")], testContext())).rejects.toThrow(
        /seed file .*none can't be read: ENOENT/,
      );
    });

    test("puts the seed's images into a new state file only, since one that is there tells what became of them", async () => {
      const args = ["--seed", seedFile({ images: [{ name: "base" }] }), "--state", join(dir, "state")];
      const images = async (): Promise<unknown> => {
        const { url, end } = await start(args);
        const answer: unknown = await (await fetch(`${url}/_admin/images`)).json();
        await end();
        return answer;
      };
      const first = await images();
      expect(first).toMatchObject({ images: [{ name: "base" }] });
      expect(await images()).toEqual(first);
    });

    test("speaks HTTPS with a certificate that it makes, and prints how clients trust it", async () => {
      const { context, url, end } = await start(["--tls", "--allow-host", "emulator.example.com"]);
      expect(url).toMatch(/^https:/);
      expect(context.printed).toContain("  export ALICLOUD_PROTOCOL=HTTPS");
      const file = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(context.printed.join("\n"))![1]!;
      for (const how of ["SSL_CERT_FILE=", "REQUESTS_CA_BUNDLE=", "curl --cacert ", "keytool -importcert"])
        expect(context.printed.join("\n")).toContain(how);
      const ca = readFileSync(file);
      expect(await secureStatus(`${url}/_ready`, { ca })).toBe(200);
      expect(await secureStatus(`${url}/_ready`, { ca, servername: "emulator.example.com" })).toBe(200);
      await expect(secureStatus(`${url}/_ready`, { ca, servername: "other.example.com" })).rejects.toThrow("altnames");
      await expect(secureStatus(`${url}/_ready`, {})).rejects.toThrow("self-signed");
      await end();
      expect(existsSync(file)).toBe(false);
    });

    test("keeps the certificate where it is told to, so that it stays trusted over a restart", async () => {
      const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
      const args = ["--tls", "--tls-cert", cert, "--tls-key", key];
      await (await start(args)).end();
      const made = readFileSync(cert);
      expect(statSync(key).mode & 0o777).toBe(0o600);
      const { url, end } = await start(args);
      expect(await secureStatus(`${url}/_ready`, { ca: made })).toBe(200);
      await end();
    });

    test("says what is wrong with a certificate", async () => {
      const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
      const run = (...args: string[]): Promise<CommandResult> => emulatorCommand.run(["--port", "0", ...args], testContext());
      await expect(run("--tls-cert", cert)).rejects.toThrow("--tls-cert and --tls-key must be used together");
      await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow(/--tls-cert can't be read: ENOENT/);
      const [one, other] = [ownCertificate(), ownCertificate()];
      writeFileSync(cert, one.cert);
      writeFileSync(key, other.key);
      await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow("does not belong to the certificate");
      writeFileSync(key, "no key");
      await expect(run("--tls-cert", cert, "--tls-key", key)).rejects.toThrow(/^The private key can't be read .* It must be in PEM/);
    });
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

  test("refuses a switch that there is not, in the emulator's words", async () => {
    await expect(emulatorCommand.run(["--set", "afterCancel.image=red"], testContext())).rejects.toThrow(UsageError);
  });

  test("says so when the port is taken", async () => {
    const { url, end } = await start([]);
    const port = new URL(url).port;
    const second = emulatorCommand.run(["--port", port], testContext());
    await expect(second).rejects.toThrow(CommandError);
    await expect(second).rejects.toThrow("another port");
    await end();
  });
});
