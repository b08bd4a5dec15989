import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReapOrder } from "../contract/reap-order";
import { orderOf } from "./order";

/** The part of Function Compute's context object that the reaper uses. */
export interface FunctionContext {
  readonly requestId: string;
  /** The region that the function runs in. */
  readonly region: string;
  /** The credentials of the function's role; absent or empty if it has no role. */
  readonly credentials?: { readonly accessKeyId?: string; readonly accessKeySecret?: string; readonly securityToken?: string };
}

type Environment = { readonly [name: string]: string | undefined };

export interface ReaperDeps {
  /** Runs `imagetask reap` with these flags; returns the exit code. */
  readonly reap: (flags: readonly string[], env: Environment) => Promise<number>;
  readonly env: Environment;
  /** Writes a line to the function's log. */
  readonly print: (line: string) => void;
}

/**
 * Carries out the timer's order with the permissions of the function's role.
 *
 * @returns the outcome, as JSON
 * @throws Error if something was not done, so that Function Compute counts the invocation as failed
 */
export async function handleTimer(event: Buffer | string, context: FunctionContext, { reap, env, print }: ReaperDeps): Promise<string> {
  const order = orderOf(event);
  const folder = await mkdtemp(join(tmpdir(), "imagetask-reaper-"));
  try {
    const audit = join(folder, "audit.jsonl");
    const exitCode = await reap(await flagsOf(order, folder, audit), environmentOf(context, env)).finally(async () => {
      // Print what was cancelled, even after an error.
      for (const line of (await readFile(audit, "utf8").catch(() => "")).split("\n")) if (line !== "") print(line);
    });
    const outcome = OUTCOMES[exitCode];
    if (outcome === undefined)
      throw new Error(
        `imagetask reap exited with code ${exitCode}: some operations were not cancelled. The log lines above say which and why.`,
      );
    return JSON.stringify({ requestId: context.requestId, apply: order.apply, outcome });
  } finally {
    // The next invocation may get the same disk.
    await rm(folder, { recursive: true, force: true });
  }
}

/** The exit codes of `imagetask reap` that do not mean failure. */
const OUTCOMES: { readonly [exitCode: number]: string } = {
  0: "success, or nothing to cancel",
  3: "operations found, none cancelled",
};

async function flagsOf({ apply, olderThan, knownStacks, regions }: ReapOrder, folder: string, audit: string): Promise<string[]> {
  const flags = regions && regions.length > 0 ? regions.flatMap((region) => ["--region", region]) : ["--all-regions"];
  if (olderThan !== undefined) flags.push("--older-than", olderThan);
  if (knownStacks !== undefined) {
    const file = join(folder, "known-stacks");
    await writeFile(file, JSON.stringify(knownStacks));
    flags.push("--known-stacks", file);
  }
  if (apply) flags.push("--apply", "--audit", audit);
  return flags;
}

/** The environment without variables about accounts: Function Compute may have left the keys of an earlier invocation in them. */
function environmentOf({ region, credentials }: FunctionContext, env: Environment): Environment {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {};
  if (!accessKeyId || !accessKeySecret)
    throw new Error("The function has no role, so its context has no credentials. Give it the role that ImageTaskReaper creates.");
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ALICLOUD|ALIBABA_?CLOUD)_/.test(name))),
    ALICLOUD_REGION: region,
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    ...(securityToken && { ALICLOUD_SECURITY_TOKEN: securityToken }),
  };
}
