import type { BehaviourPatch } from "../../emulator";
import { UsageError } from "../errors";

export function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port is "${text}". Allowed: 0 to 65535; 0 picks a free port.`);
}

export function scaleOf(text: string): number {
  const scale = Number(text);
  if (text.trim() !== "" && Number.isFinite(scale) && scale > 0) return scale;
  throw new UsageError(
    `--time-scale is "${text}". Allowed: a number above 0. With 1, time passes as in reality; with 60, an hour takes a minute.`,
  );
}

export async function durationOf(flag: string, text: string): Promise<number> {
  const { parseDuration } = await import("../../contract/rules/duration");
  const duration = parseDuration(text);
  if (duration !== null && duration >= 0) return duration;
  throw new UsageError(`${flag} is "${text}". Allowed: a number with a unit, such as 500ms, 60s, 10m or 1h30m.`);
}

export function switchesOf(settings: readonly string[]): BehaviourPatch {
  const patch: { [group: string]: { [name: string]: unknown } } = {};
  for (const setting of settings) {
    const [, group, name, value] = /^([A-Za-z]+)\.([A-Za-z]+)=(.*)$/.exec(setting) ?? [];
    if (group === undefined || name === undefined || value === undefined)
      throw new UsageError(`--set is "${setting}". Allowed: GROUP.NAME=VALUE, such as afterCancel.image=CreateFailed.`);
    (patch[group] ??= {})[name] = valueOf(value);
  }
  return patch;
}

/** Reads numbers, true, false, null and lists as JSON; everything else is a string. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
