import { join } from "node:path";
import type { EcsEmulator, EcsEmulatorOptions } from "../../emulator";
import { CallFeed } from "../call-feed";
import { callLine } from "../call-line";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { startInBackground } from "../emulator/background";
import { type Running, introduction } from "../emulator/introduction";
import { readSeedFile } from "../emulator/seed-file";
import { tlsOf } from "../emulator/tls";
import { untilIdle } from "../emulator/until-idle";
import { durationOf, portOf, scaleOf, switchesOf } from "../emulator/values";
import { parseFlags } from "../flags";

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

const FLAGS = {
  port: "value",
  host: "value",
  "allow-remote": "switch",
  token: "value",
  "allow-host": "values",
  tls: "switch",
  "tls-cert": "value",
  "tls-key": "value",
  "access-key-id": "value",
  "access-key-secret": "value",
  "task-duration": "value",
  "time-scale": "value",
  region: "value",
  seed: "value",
  state: "value",
  set: "values",
  "stop-after": "value",
  background: "value",
  verbose: "switch",
  quiet: "switch",
} as const;

const DEFAULT_PORT = 4566;
/** How often new calls are printed, in milliseconds. */
const FEED_INTERVAL = 150;

/** `imagetask emulator`: runs until it is stopped. */
export const emulatorCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  if (flags.verbose && flags.quiet) throw new UsageError("--verbose and --quiet can't be used together. Remove one of them.");
  const accessKeyId = flags["access-key-id"] ?? "emulator";
  const accessKeySecret = flags["access-key-secret"] ?? "emulator-secret";
  if (flags.background !== undefined) return inBackground(flags.background, args, { accessKeyId, accessKeySecret, ...flags });
  const { hostAndPort, ownCertificate, remoteHosts } = await import("../../emulator/index");
  const tls = tlsOf(flags, () => ownCertificate(flags.host, flags["allow-host"]));
  const options: EcsEmulatorOptions = {
    accessKeyId,
    accessKeySecret,
    port: flags.port === undefined ? DEFAULT_PORT : portOf(flags.port),
    host: flags.host,
    allowRemote: flags["allow-remote"],
    adminToken: flags.token,
    allowHosts: flags["allow-host"],
    tls: tls?.keys,
    region: flags.region,
    seed: flags.seed === undefined ? undefined : readSeedFile(flags.seed),
    taskDuration: flags["task-duration"] === undefined ? undefined : await durationOf("--task-duration", flags["task-duration"]),
    timeScale: flags["time-scale"] === undefined ? undefined : scaleOf(flags["time-scale"]),
    stateFile: flags.state,
    behaviour: switchesOf(flags.set),
  };
  const idleTime = flags["stop-after"] === undefined ? undefined : await durationOf("--stop-after", flags["stop-after"]);
  const emulator = await start(options).catch((error: unknown) => {
    tls?.end();
    throw error;
  });
  const port = Number(new URL(emulator.url).port);
  const running: Running = {
    endpoint: emulator.endpoint,
    remoteEndpoints: flags["allow-remote"] ? remoteHosts(flags.host ?? "127.0.0.1").map((host) => hostAndPort(host, port)) : [],
    region: emulator.region,
    accessKeyId,
    accessKeySecret,
    token: emulator.adminToken,
    certificateFile: tls?.certificateFile,
  };
  for (const line of introduction(running)) context.print(line);

  const printsCalls = !flags.quiet && (flags.verbose || context.isTerminal);
  const feed = new CallFeed(() => emulator.calls);
  const report = (): void => feed.next().forEach((call) => context.print(callLine(call, flags.verbose ? undefined : context.columns)));
  const timer = printsCalls ? setInterval(report, FEED_INTERVAL) : undefined;
  const idle = idleTime === undefined ? undefined : untilIdle(() => emulator.calls, idleTime);
  try {
    await Promise.race([context.stopped, context.unread, ...(idle ? [idle.done] : [])]);
    if (printsCalls) report();
    return { exitCode: 0, text: farewell(emulator, flags.state) };
  } finally {
    clearInterval(timer);
    idle?.stop();
    tls?.end();
    await stop(emulator);
  }
}

interface Background {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly region: string | undefined;
  readonly tls: boolean;
  readonly "tls-cert": string | undefined;
  readonly "tls-key": string | undefined;
}

async function inBackground(folder: string, args: readonly string[], flags: Background): Promise<CommandResult> {
  const refused = (["tls", "tls-cert", "tls-key"] as const).find((name) => flags[name]);
  if (refused) throw new UsageError(`--background and --${refused} can't be used together. Remove one of them.`);
  const { DEFAULT_REGION } = await import("../../emulator/index");
  const endpoint = await startInBackground({
    folder,
    args: withoutBackground(args),
    key: { id: flags.accessKeyId, secret: flags.accessKeySecret, region: flags.region ?? DEFAULT_REGION },
    script: join(__dirname, "../../bin/cli.js"),
  });
  return { exitCode: 0, text: endpoint };
}

function withoutBackground(args: readonly string[]): string[] {
  const at = args.lastIndexOf("--background");
  const rest = at === -1 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  return rest.filter((arg) => !arg.startsWith("--background="));
}

async function start(options: EcsEmulatorOptions): Promise<EcsEmulator> {
  const { EcsEmulator, EmulatorError } = await import("../../emulator/index");
  try {
    const emulator = new EcsEmulator(options);
    await emulator.start();
    return emulator;
  } catch (error) {
    // The emulator refuses a switch, a key or a port. Its message says what is allowed.
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    if (error instanceof EmulatorError)
      throw new CommandError(error.message.trim().replace("allowRemote: true", "--allow-remote"), { cause: error });
    throw error;
  }
}

/** Stops the emulator. Reports if it could not save the state, because the state is then lost. */
async function stop(emulator: EcsEmulator): Promise<void> {
  try {
    await emulator.stop();
  } catch (error) {
    if (error instanceof Error && error.name === "StateFileError") throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

function farewell({ calls, stats }: EcsEmulator, stateFile: string | undefined): string {
  const { started, finished, failed, cancelled, running } = stats;
  const kept = stateFile === undefined ? "" : ` The state is saved in ${stateFile}.`;
  return `Stopped after ${calls.length} ${calls.length === 1 ? "call" : "calls"}. Tasks: ${started} started, ${finished} finished, ${failed} failed, ${cancelled} cancelled, ${running} still running.${kept}`;
}
