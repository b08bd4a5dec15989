import { EcsEmulator, type CallRecord, type EcsEmulatorOptions } from "../../../lib/emulator";
import type { MovableClock } from "../../../lib/emulator/values/clock";
import { Terraform } from "./terraform";
import { until } from "../waiting/until";

export { until };

export const ACCESS_KEY = "LTAI5tE2eTestAccessKeyId";
export const SECRET_KEY = "e2eTestAccessKeySecret30Letters";
export const REGION = "cn-hangzhou";

/** An emulator in this process, and a Terraform whose provider calls it. */
export interface Bench {
  readonly ecs: EcsEmulator;
  readonly tf: Terraform;
}

export interface BenchOptions extends EcsEmulatorOptions {
  /** Default `terraform`. */
  readonly command?: string;
  /** Terraform's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a test in its own bench, then checks that no plugin is left. */
export async function withBench(
  { command = "terraform", env, ...options }: BenchOptions,
  test: (bench: Bench) => Promise<void>,
): Promise<void> {
  const ecs = emulator(options);
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

/** An emulator with the AccessKey of these tests, not started yet. */
export function emulator(options: EcsEmulatorOptions): EcsEmulator {
  return new EcsEmulator({ accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY, ...options });
}

/** Terraform's output without the line breaks and bars in messages. */
export function flat(output: string): string {
  return output.replace(/\s*[│╷╵]?\s+/g, " ");
}

/** The calls of these actions, in order. */
export function callsOf(ecs: EcsEmulator, ...actions: string[]): CallRecord[] {
  return ecs.calls.filter(({ action }) => actions.includes(action));
}

/** The calls that only read. */
export function reads(ecs: EcsEmulator): CallRecord[] {
  return ecs.calls.filter(({ action }) => action.startsWith("Describe"));
}

/** Moves ECS's clock an hour on: what runs ends, and what was cancelled shows it, when the test says so, however slow the machine is. */
export function letTasksEnd(ecs: EcsEmulator): void {
  (ecs.clock as MovableClock).advance(3_600_000);
}

/** Waits until tasks run, Terraform's output shows that their completions have begun, and one of them has polled. */
export async function untilWaitedFor(ecs: EcsEmulator, output: () => string, tasks = 1): Promise<void> {
  await until(
    `${tasks} running tasks whose completions Terraform creates`,
    () => ecs.running.length === tasks && (output().match(/imagetask_completion\.\S+: Creating/g) ?? []).length === tasks,
    { seen: () => `${ecs.running.length} running tasks, and of Terraform:\n${output()}` },
  );
  const before = ecs.calls.length;
  await until("a completion's first poll", () => ecs.calls.slice(before).some(({ action }) => action.startsWith("Describe")));
}
