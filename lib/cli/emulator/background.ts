import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CommandError, UsageError } from "../errors";

/** How long the emulator may take to start, in milliseconds. */
const PATIENCE = 30_000;
const LOOK = 50;

interface Running {
  readonly pid: number;
  readonly endpoint: string;
}

export interface BackgroundOptions {
  /** Keeps the state, the log, and how to reach the emulator. */
  readonly folder: string;
  /** The flags of `imagetask emulator` that differ from what is usual in the background. */
  readonly args: readonly string[];
  /** What calls have to be signed with. */
  readonly key: { readonly id: string; readonly secret: string; readonly region: string };
  /** The compiled command line. */
  readonly script: string;
}

/**
 * Starts the emulator as a process of its own, unless the folder's one runs.
 *
 * @returns its `HOST:PORT`
 * @throws CommandError when it does not start
 */
export async function startInBackground({ folder: given, args, key, script }: BackgroundOptions): Promise<string> {
  const folder = resolve(given);
  const files = { running: join(folder, "running.json"), log: join(folder, "emulator.log"), profile: join(folder, "profile.json") };
  const present = await alive(files.running);
  if (present) return present;
  make(folder);
  rmSync(files.running, { force: true });
  writeFileSync(files.profile, profile(key), { mode: 0o600 });

  const log = openSync(files.log, "w");
  const usual = ["--port=0", `--state=${join(folder, "state")}`, "--stop-after=10m"];
  const child = spawn(process.execPath, [script, "emulator", ...usual, ...args], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  let exit: { readonly code: number | null } | undefined;
  child.once("exit", (code) => (exit = { code }));
  child.unref();
  for (const began = performance.now(); performance.now() - began < PATIENCE; await pause(LOOK)) {
    const text = readFileSync(files.log, "utf8");
    const [, endpoint] = /listens on http:\/\/(\S+)\n/.exec(text) ?? [];
    if (endpoint !== undefined) {
      writeFileSync(files.running, `${JSON.stringify({ pid: child.pid, endpoint })}\n`);
      return endpoint;
    }
    if (exit) throw failure(exit.code, text);
  }
  throw new CommandError(`The emulator has not started within ${PATIENCE / 1000} seconds. Its log is ${files.log}.`);
}

/** Its own words, without what the command line adds to them. */
function failure(code: number | null, log: string): Error {
  const [, text] = /^imagetask: emulator: (.*?)(?: For help, run "imagetask [^"]*"\.)?$/m.exec(log) ?? [];
  const message = text ?? `The emulator ended with exit code ${code}: ${log.trim() || "it printed nothing"}`;
  return code === 2 ? new UsageError(message) : new CommandError(message);
}

/** The endpoint of the emulator that the file tells of, if it answers. */
async function alive(file: string): Promise<string | undefined> {
  try {
    const { pid, endpoint } = JSON.parse(readFileSync(file, "utf8")) as Running;
    // The port alone would not tell: another emulator may have got it since.
    process.kill(pid, 0);
    const { ok } = await fetch(`http://${endpoint}/_ready`, { signal: AbortSignal.timeout(2_000) });
    return ok ? endpoint : undefined;
  } catch {
    return undefined;
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new CommandError(`--background: ${(cause as Error).message}.`, { cause });
  }
}

/** As the aliyun CLI and the alicloud provider read it. */
function profile({ id, secret, region }: BackgroundOptions["key"]): string {
  const emulator = { name: "emulator", mode: "AK", access_key_id: id, access_key_secret: secret, region_id: region };
  return `${JSON.stringify({ current: emulator.name, profiles: [emulator] }, null, 2)}\n`;
}
