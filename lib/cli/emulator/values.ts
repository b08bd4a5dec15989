import type { BehaviourPatch } from "../../emulator";
import { UsageError } from "../errors";

export function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port is "${text}". It takes a number from 0 to 65535; 0 takes a free port.`);
}

export function scaleOf(text: string): number {
  const scale = Number(text);
  if (text.trim() !== "" && Number.isFinite(scale) && scale > 0) return scale;
  throw new UsageError(`--time-scale is "${text}". It takes a number above 0: 1 is real time, 60 makes a minute of an hour.`);
}

export async function durationOf(text: string): Promise<number> {
  const { parseDuration } = await import("../../contract/rules/duration");
  const duration = parseDuration(text);
  if (duration !== null && duration >= 0) return duration;
  throw new UsageError(`--task-duration is "${text}". It takes a number with a unit, such as 500ms, 60s, 10m or 1h30m.`);
}

export function switchesOf(settings: readonly string[]): BehaviourPatch {
  const patch: { [group: string]: { [name: string]: unknown } } = {};
  for (const setting of settings) {
    const [, group, name, value] = /^([A-Za-z]+)\.([A-Za-z]+)=(.*)$/.exec(setting) ?? [];
    if (group === undefined || name === undefined || value === undefined)
      throw new UsageError(`--set is "${setting}". It takes GROUP.NAME=VALUE, such as afterCancel.image=CreateFailed.`);
    (patch[group] ??= {})[name] = valueOf(value);
  }
  return patch as BehaviourPatch;
}

/** Numbers, true, false, null and lists are written as in JSON; everything else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
