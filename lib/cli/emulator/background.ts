import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CommandError, UsageError } from "../errors";

/** How long the emulator may take to start, in milliseconds. */
const START_LIMIT = 30_000;
/** How often to read its log until then, in milliseconds. */
const INTERVAL = 50;

interface Running {
  readonly pid: number;
  readonly endpoint: string;
}

export interface BackgroundOptions {
  /** The folder for the state, the log, the endpoint and the credentials file. */
  readonly folder: string;
  /** The user's flags of `imagetask emulator`, which override those for the background. */
  readonly args: readonly string[];
  /** The AccessKey that signs calls, and their region. */
  readonly key: { readonly id: string; readonly secret: string; readonly region: string };
  /** The compiled command line program. */
  readonly script: string;
}

/**
 * Starts the emulator in its own process, unless the emulator of this folder is already running.
 *
 * @returns its `HOST:PORT`
 * @throws CommandError or UsageError if it does not start
 */
export async function startInBackground({ folder: given, args, key, script }: BackgroundOptions): Promise<string> {
  const folder = resolve(given);
  const files = { running: join(folder, "running.json"), log: join(folder, "emulator.log"), profile: join(folder, "profile.json") };
  const present = await runningEndpoint(files.running);
  if (present) return present;
  createFolder(folder);
  rmSync(files.running, { force: true });
  writeFileSync(files.profile, profile(key), { mode: 0o600 });

  const log = openSync(files.log, "w");
  const defaults = ["--port=0", `--state=${join(folder, "state")}`, "--stop-after=10m"];
  const child = spawn(process.execPath, [script, "emulator", ...defaults, ...args], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  let exit: { readonly code: number | null } | undefined;
  child.once("exit", (code) => (exit = { code }));
  child.unref();
  for (const began = performance.now(); performance.now() - began < START_LIMIT; await pause(INTERVAL)) {
    const text = readFileSync(files.log, "utf8");
    const [, endpoint] = /listens on http:\/\/(\S+)\n/.exec(text) ?? [];
    if (endpoint !== undefined) {
      writeFileSync(files.running, `${JSON.stringify({ pid: child.pid, endpoint })}\n`);
      return endpoint;
    }
    if (exit) throw failure(exit.code, text);
  }
  throw new CommandError(`The emulator has not started within ${START_LIMIT / 1000} seconds. Read its log ${files.log}.`);
}

/** The error that the process reported, without the prefix and the hint of its command line. */
function failure(code: number | null, log: string): Error {
  const [, text] = /^imagetask: emulator: (.*?)(?: For help, run "imagetask [^"]*"\.)?$/m.exec(log) ?? [];
  const message = text ?? `The emulator ended with exit code ${code}: ${log.trim() || "it printed nothing"}`;
  return code === 2 ? new UsageError(message) : new CommandError(message);
}

/** The endpoint in running.json, if that emulator still answers. */
async function runningEndpoint(file: string): Promise<string | undefined> {
  try {
    const { pid, endpoint } = JSON.parse(readFileSync(file, "utf8")) as Running;
    // The port alone is not enough: another emulator may use it by now.
    process.kill(pid, 0);
    const { ok } = await fetch(`http://${endpoint}/_ready`, { signal: AbortSignal.timeout(2_000) });
    return ok ? endpoint : undefined;
  } catch {
    return undefined;
  }
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new CommandError(`--background: ${(cause as Error).message}.`, { cause });
  }
}

/** A credentials file that the aliyun CLI and the alicloud provider can read. */
function profile({ id, secret, region }: BackgroundOptions["key"]): string {
  const emulator = { name: "emulator", mode: "AK", access_key_id: id, access_key_secret: secret, region_id: region };
  return `${JSON.stringify({ current: emulator.name, profiles: [emulator] }, null, 2)}\n`;
}
