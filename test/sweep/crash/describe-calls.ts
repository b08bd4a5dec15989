import type { EcsEmulator } from "../../../lib/emulator";

/** The calls and tasks of a case, to explain a failure. */
export function describeCalls(ecs: EcsEmulator): string {
  const first = ecs.calls[0]?.at ?? 0;
  const calls = ecs.calls.map(
    ({ at, action, outcome, params }) =>
      `${String(at - first).padStart(6)} ms ${action} ${params["TaskIds"] ?? params["TaskId"] ?? params["ImageId"] ?? params["ImageName"] ?? ""} ${outcome.status} ${outcome.code ?? ""}`,
  );
  const tasks = ecs.tasks.map(
    (task) =>
      `${task.id} ${task.action} ${task.imageId} ${task.createdAt - first}-${(task.endedAt ?? 0) - first} ${task.outcome ?? task.status}`,
  );
  return [...calls, ...tasks].join("\n");
}
