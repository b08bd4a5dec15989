import type { BehaviourPatch, EcsEmulator, EcsEmulatorOptions } from "../../emulator";
import { CallFeed } from "../call-feed";
import { callLine } from "../call-line";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseFlags } from "../flags";

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

const FLAGS = {
  port: "value",
  host: "value",
  "allow-remote": "switch",
  "access-key-id": "value",
  "access-key-secret": "value",
  "task-duration": "value",
  "time-scale": "value",
  state: "value",
  set: "values",
  verbose: "switch",
  quiet: "switch",
} as const;

const DEFAULT_PORT = 4566;
const DEFAULT_REGION = "cn-hangzhou";
/** Milliseconds between two looks at the call log. */
const FEED_INTERVAL = 150;

/** `imagetask emulator`: runs until it is stopped. */
export const emulatorCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  if (flags.verbose && flags.quiet) throw new UsageError("--verbose and --quiet exclude each other. Leave one of them out.");
  const accessKeyId = flags["access-key-id"] ?? "emulator";
  const accessKeySecret = flags["access-key-secret"] ?? "emulator-secret";
  const options: EcsEmulatorOptions = {
    accessKeyId,
    accessKeySecret,
    port: flags.port === undefined ? DEFAULT_PORT : portOf(flags.port),
    host: flags.host,
    allowRemote: flags["allow-remote"],
    taskDuration: flags["task-duration"] === undefined ? undefined : await durationOf(flags["task-duration"]),
    timeScale: flags["time-scale"] === undefined ? undefined : scaleOf(flags["time-scale"]),
    stateFile: flags.state,
    behaviour: switchesOf(flags.set),
  };
  const emulator = await start(options);
  for (const line of introduction(emulator.endpoint, accessKeyId, accessKeySecret)) context.print(line);

  const printsCalls = !flags.quiet && (flags.verbose || context.isTerminal);
  const feed = new CallFeed(() => emulator.calls);
  const report = (): void => feed.next().forEach((call) => context.print(callLine(call, flags.verbose ? undefined : context.columns)));
  const timer = printsCalls ? setInterval(report, FEED_INTERVAL) : undefined;
  try {
    await context.stopped;
    if (printsCalls) report();
    return { exitCode: 0, text: farewell(emulator, flags.state) };
  } finally {
    clearInterval(timer);
    await emulator.stop();
  }
}

async function start(options: EcsEmulatorOptions): Promise<EcsEmulator> {
  const { EcsEmulator, EmulatorError } = await import("../../emulator/index");
  try {
    const emulator = new EcsEmulator(options);
    await emulator.start();
    return emulator;
  } catch (error) {
    // A switch, a key or a port that it refuses: its own words say what it takes.
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    if (error instanceof EmulatorError)
      throw new CommandError(error.message.trim().replace("allowRemote: true", "--allow-remote"), { cause: error });
    throw error;
  }
}

function introduction(endpoint: string, id: string, secret: string): string[] {
  const variables = {
    ECS_ENDPOINT: endpoint,
    STS_ENDPOINT: endpoint,
    ALICLOUD_PROTOCOL: "HTTP",
    ALICLOUD_REGION: DEFAULT_REGION,
    ALICLOUD_ACCESS_KEY: id,
    ALICLOUD_SECRET_KEY: secret,
  };
  return [
    `The ECS emulator listens on http://${endpoint}`,
    "Open that in a browser to watch tasks, images and calls.",
    "",
    "In the shell that runs cdktf, terraform or tofu:",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${quoted(value)}`),
    "",
    "Ctrl-C stops it.",
  ];
}

/** As a POSIX shell takes it. */
function quoted(value: string): string {
  return /^[\w.:/@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function farewell({ calls, stats }: EcsEmulator, stateFile: string | undefined): string {
  const { started, finished, failed, cancelled, running } = stats;
  const kept = stateFile === undefined ? "" : ` The state is in ${stateFile}.`;
  return `Stopped after ${calls.length} calls. Tasks: ${started} started, ${finished} finished, ${failed} failed, ${cancelled} cancelled, ${running} still running.${kept}`;
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port is "${text}". It takes a number from 0 to 65535; 0 takes a free port.`);
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (text.trim() !== "" && Number.isFinite(scale) && scale > 0) return scale;
  throw new UsageError(`--time-scale is "${text}". It takes a number above 0: 1 is real time, 60 makes a minute of an hour.`);
}

async function durationOf(text: string): Promise<number> {
  const { parseDuration } = await import("../../contract/rules/duration");
  const duration = parseDuration(text);
  if (duration !== null && duration >= 0) return duration;
  throw new UsageError(`--task-duration is "${text}". It takes a number with a unit, such as 500ms, 60s, 10m or 1h30m.`);
}

function switchesOf(settings: readonly string[]): BehaviourPatch {
  const patch: { [group: string]: { [name: string]: unknown } } = {};
  for (const setting of settings) {
    const [, group, name, value] = /^([A-Za-z]+)\.([A-Za-z]+)=(.*)$/.exec(setting) ?? [];
    if (group === undefined || name === undefined || value === undefined)
      throw new UsageError(`--set is "${setting}". It takes GROUP.NAME=VALUE, such as afterCancel.image=CreateFailed.`);
    (patch[group] ??= {})[name] = valueOf(value);
  }
  return patch as BehaviourPatch;
}

/** Numbers, true, false, null and lists are written as in JSON; everything else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
