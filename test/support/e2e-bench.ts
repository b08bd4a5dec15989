import { EcsEmulator, type CallRecord, type EcsEmulatorOptions } from "../../lib/emulator";
import { Terraform } from "./terraform";

export const ACCESS_KEY = "LTAI5tE2eTestAccessKeyId";
export const SECRET_KEY = "e2eTestAccessKeySecret30Letters";
export const REGION = "cn-hangzhou";

/** An emulator in this process, and a Terraform whose provider talks to it. */
export interface Bench {
  readonly ecs: EcsEmulator;
  readonly tf: Terraform;
}

export interface BenchOptions extends EcsEmulatorOptions {
  /** Default `terraform`. */
  readonly command?: string;
  /** For Terraform. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a test in a bench of its own, then checks that no plugin is left over. */
export async function withBench({ command = "terraform", env, ...options }: BenchOptions, test: (bench: Bench) => Promise<void>): Promise<void> {
  const ecs = new EcsEmulator({ accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY, ...options });
  await ecs.start();
  const tf = new Terraform(command, env);
  try {
    tf.write("");
    await tf.init();
    await test({ ecs, tf });
    await tf.assertNothingLeft();
  } finally {
    tf.remove();
    await ecs.stop();
  }
}

/** The calls of an action that took effect or were refused, in order. */
export function callsOf(ecs: EcsEmulator, ...actions: string[]): CallRecord[] {
  return ecs.calls.filter(({ action }) => actions.includes(action));
}

/** Calls that only look. */
export function reads(ecs: EcsEmulator): CallRecord[] {
  return ecs.calls.filter(({ action }) => action.startsWith("Describe"));
}
