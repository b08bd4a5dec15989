import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf, systemErrorOf } from "../../contract/thrown";
import { CommandError, UsageError } from "../errors";
import { takeStartTurn } from "./start-turn";

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
  /** How long the emulator may take to start, in milliseconds. Default: 30 seconds. */
  readonly startLimit?: number;
}

/**
 * Starts the emulator in its own process, unless the emulator of this folder is already running. If several processes call this at the same
 * time, one starts it and all return its endpoint.
 *
 * @returns its `HOST:PORT`
 * @throws CommandError or UsageError if it does not start
 */
export async function startInBackground(options: BackgroundOptions): Promise<string> {
  const folder = resolve(options.folder);
  const limit = options.startLimit ?? START_LIMIT;
  const running = join(folder, "running.json");
  try {
    for (const began = performance.now(); performance.now() - began < limit; await pause(INTERVAL)) {
      const present = await runningEndpoint(running);
      if (present) return present;
      mkdirSync(folder, { recursive: true });
      const turn = takeStartTurn(folder, limit);
      if (!turn) continue;
      try {
        // Another process may have started it just before this one got its turn.
        return (await runningEndpoint(running)) ?? (await start({ ...options, folder }, running, limit));
      } finally {
        turn.end();
      }
    }
  } catch (cause) {
    if (systemErrorOf(cause).syscall === undefined) throw cause;
    throw new CommandError(`--background: ${folder} can't be used: ${messageOf(cause)}.`, { cause });
  }
  throw new CommandError(`Another process has been starting the emulator of ${folder} for ${limit / 1000} seconds. Try again.`);
}

async function start({ folder, args, key, script }: BackgroundOptions, running: string, limit: number): Promise<string> {
  rmSync(running, { force: true });
  writeFileSync(join(folder, "profile.json"), profile(key), { mode: 0o600 });

  const logFile = join(folder, "emulator.log");
  const log = openSync(logFile, "w");
  const defaults = ["--port=0", `--state=${join(folder, "state")}`, "--stop-after=10m"];
  const child = spawn(process.execPath, [script, "emulator", ...defaults, ...args], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  let exit: { readonly code: number | null } | undefined;
  child.once("exit", (code) => (exit = { code }));
  child.unref();
  for (const began = performance.now(); performance.now() - began < limit; await pause(INTERVAL)) {
    const text = readFileSync(logFile, "utf8");
    const [, endpoint] = /listens on http:\/\/(\S+)\n/.exec(text) ?? [];
    if (endpoint !== undefined) {
      writeFileSync(running, `${JSON.stringify({ pid: child.pid, endpoint })}\n`);
      return endpoint;
    }
    if (exit) throw failure(exit.code, text);
  }
  // Without this, it would run on beside the one that the next call starts.
  child.kill();
  throw new CommandError(`The emulator has not started within ${limit / 1000} seconds and is stopped. Read its log ${logFile}.`);
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

/** A credentials file that the aliyun CLI and the alicloud provider can read. */
function profile({ id, secret, region }: BackgroundOptions["key"]): string {
  const emulator = { name: "emulator", mode: "AK", access_key_id: id, access_key_secret: secret, region_id: region };
  return `${JSON.stringify({ current: emulator.name, profiles: [emulator] }, null, 2)}\n`;
}
