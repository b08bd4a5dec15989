import { spawnSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Running } from "../../../scripts/terraform/start-command.cjs";

/** Milliseconds between SIGINT and SIGTERM, and from there to the kill, as GitHub documents them. */
const [TO_SIGTERM, TO_KILL] = [7_500, 2_500];

/** Cancels a step as GitHub's runner does: SIGINT, then SIGTERM, both only to its first process, then a kill of all its processes. */
export async function cancelStep(step: Running): Promise<void> {
  let ended = false;
  const end = step.done.then(() => (ended = true));
  for (const [signal, wait] of [
    ["SIGINT", TO_SIGTERM],
    ["SIGTERM", TO_KILL],
  ] as const) {
    if (!ended) step.signal(signal, "process");
    await Promise.race([end, pause(wait)]);
  }
  for (const pid of [step.pid, ...descendants(step.pid)]) kill(pid);
  await end;
}

/** The descendants of a process, and all processes of its group, whose parents may be dead. */
function descendants(root: number): number[] {
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid=,pgid="], { encoding: "utf8" });
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const found = new Set([root]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [pid, parent, group] of rows) if (found.has(parent) || group === root) found.add(pid);
  }
  return [...found].filter((pid) => pid !== root);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has exited already.
  }
}
