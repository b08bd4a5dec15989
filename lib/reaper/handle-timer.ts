import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReapOrder } from "../contract/reap-order";
import { orderOf } from "./order";

/** What Function Compute hands to a function besides the event, as far as it is used here. */
export interface FunctionContext {
  readonly requestId: string;
  /** The region that the function runs in. */
  readonly region: string;
  /** Of the function's role; absent, or empty, where it has none. */
  readonly credentials?: { readonly accessKeyId?: string; readonly accessKeySecret?: string; readonly securityToken?: string };
}

type Environment = { readonly [name: string]: string | undefined };

export interface ReaperDeps {
  /** `imagetask reap` with these flags; tells the exit code. */
  readonly reap: (flags: readonly string[], env: Environment) => Promise<number>;
  readonly env: Environment;
  /** Writes a line to the function's log. */
  readonly print: (line: string) => void;
}

/**
 * Does what the timer asks for with the rights of the function's role.
 *
 * @returns what came of it, as JSON
 * @throws Error when something was not done, so that Function Compute counts the call as failed
 */
export async function handleTimer(event: Buffer | string, context: FunctionContext, { reap, env, print }: ReaperDeps): Promise<string> {
  const order = orderOf(event);
  const folder = await mkdtemp(join(tmpdir(), "imagetask-reaper-"));
  try {
    const audit = join(folder, "audit.jsonl");
    const exitCode = await reap(await flagsOf(order, folder, audit), environmentOf(context, env)).finally(async () => {
      // What was ended is told in any case.
      for (const line of (await readFile(audit, "utf8").catch(() => "")).split("\n")) if (line !== "") print(line);
    });
    const outcome = OUTCOMES[exitCode];
    if (outcome === undefined)
      throw new Error(
        `imagetask reap ended with exit code ${exitCode}: not all of it was done. The lines above in the log say what and why.`,
      );
    return JSON.stringify({ requestId: context.requestId, apply: order.apply, outcome });
  } finally {
    // The next call may find the same disk.
    await rm(folder, { recursive: true, force: true });
  }
}

/** The exit codes of `imagetask reap` that are no failures. */
const OUTCOMES: { readonly [exitCode: number]: string } = { 0: "done, or nothing to do", 3: "found something, and ended nothing" };

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

/** Of the machine's own environment, nothing that tells of accounts: Function Compute's may hold the keys of an earlier call. */
function environmentOf({ region, credentials }: FunctionContext, env: Environment): Environment {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {};
  if (!accessKeyId || !accessKeySecret)
    throw new Error("The function has no role, so there are no credentials in its context. Give it the role that ImageTaskReaper makes.");
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ALICLOUD|ALIBABA_?CLOUD)_/.test(name))),
    ALICLOUD_REGION: region,
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
    ...(securityToken && { ALICLOUD_SECURITY_TOKEN: securityToken }),
  };
}
