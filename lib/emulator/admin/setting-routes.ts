import type { Throttle, ThrottleRule } from "../calls/throttle";
import type { TaskDurations } from "../state/task-starter";
import type { Behaviour, BehaviourPatch } from "../switches/behaviour";
import { patchBehaviour } from "../switches/behaviour-patch";
import { toMilliseconds } from "../values/duration";
import { checkShape } from "../values/shape";
import type { AdminTarget } from "./admin-target";
import type { Route } from "./route";
import { THROTTLE } from "./shapes";

/** The routes that show and change settings. */
export function settingRoutes(target: AdminTarget): readonly Route[] {
  return [
    { method: "GET", path: "/behaviour", what: "the switches", run: () => target.behaviour },
    { method: "PATCH", path: "/behaviour", what: "sets switches", run: ({ body }) => setBehaviour(target.behaviour, body) },
    { method: "GET", path: "/durations", what: "how long new tasks run, in milliseconds", run: () => target.durations },
    {
      method: "PATCH",
      path: "/durations",
      what: "sets how long new tasks run",
      run: ({ body }) => setDurations(target.durations, body),
    },
    { method: "POST", path: "/clock", what: 'moves the clock forward: {"advance": "90s"}', run: ({ body }) => advance(target, body) },
    { method: "GET", path: "/throttle", what: "the call limits", run: () => ({ rules: target.throttle.list() }) },
    {
      method: "PUT",
      path: "/throttle",
      what: 'replaces the call limits: {"rules": […]}',
      run: ({ body }) => setThrottle(target.throttle, body),
    },
  ];
}

function setBehaviour(behaviour: Behaviour, body: unknown): Behaviour {
  patchBehaviour(
    behaviour,
    checkShape<BehaviourPatch>(body, Object.fromEntries(Object.keys(behaviour).map((group) => [group, "object" as const]))),
  );
  return behaviour;
}

function setDurations(durations: AdminTarget["durations"], body: unknown): AdminTarget["durations"] {
  const given = checkShape<{ [Action in keyof TaskDurations]?: number | string }>(body, {
    ImportImage: "duration",
    ExportImage: "duration",
    CopyImage: "duration",
  });
  const read = Object.entries(given).map(([action, value]) => [action, toMilliseconds(value, action)]);
  return Object.assign(durations, Object.fromEntries(read));
}

function setThrottle(throttle: Throttle, body: unknown): void {
  const { rules } = checkShape<{ rules: unknown[] }>(body, { rules: "objects" }, ["rules"]);
  throttle.set(rules.map((rule) => checkShape<ThrottleRule>(rule, THROTTLE, ["limit"])));
}

function advance(target: AdminTarget, body: unknown): unknown {
  const { advance: by } = checkShape<{ advance: number | string }>(body, { advance: "duration" }, ["advance"]);
  target.advance(toMilliseconds(by, "advance"));
  return { now: target.clock.now() };
}
