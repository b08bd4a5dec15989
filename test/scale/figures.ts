import { COMPLETION_TYPE } from "../../lib/contract/resources";
import type { InProcessCall, InProcessEcs } from "./in-process-ecs";
import type { Applied } from "./plugin-process";

export interface Figures {
  /** Calls a minute by action, on average over the whole time, including throttled ones. */
  readonly perMinute: { readonly [action: string]: number };
  /** All Describe calls a minute, likewise. */
  readonly reads: number;
  /** The most calls of one Describe action to one region in a minute, which is what a quota limits. */
  readonly peak: number;
  /** Share of the Describe calls that were throttled, 0 to 1. */
  readonly throttled: number;
  /** Seconds from a task's end until its completion ended; null where none succeeded. */
  readonly lag: { readonly median: number | null; readonly worst: number | null };
  /** Operations that were not started. */
  readonly unstarted: number;
  /** Operations that were started, but whose wait ended in an error. */
  readonly lost: number;
  /** Minutes from the beginning until the last operation was started. */
  readonly starting: number;
  /** Minutes from the beginning until all was done. */
  readonly spent: number;
}

export interface Span {
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly ended: number;
  /** How many operations were configured. */
  readonly operations: number;
}

const MINUTE = 60_000;

/** The figures of a run of several processes. */
export function figuresOf(applied: readonly Applied[], ecs: Pick<InProcessEcs, "calls" | "tasks">, span: Span): Figures {
  const tasks = ecs.tasks();
  const ends = new Map(tasks.map(({ imageId, endedAt }) => [imageId, endedAt]));
  const spent = (span.ended - span.began) / MINUTE;
  const reads = ecs.calls.filter(({ action }) => action.startsWith("Describe"));
  const completed = applied.flatMap(({ kept }) => kept).filter(({ type, state }) => type === COMPLETION_TYPE && state["image_id"] !== null);
  const lags = completed
    .map(({ state }) => (Date.parse(String(state["finished_time"])) - ends.get(String(state["image_id"]))!) / 1000)
    .sort((a, b) => a - b);
  const counts = Object.entries(countBy(ecs.calls, ({ action }) => action));
  return {
    perMinute: Object.fromEntries(counts.map(([action, count]) => [action, count / spent])),
    reads: reads.length / spent,
    peak: peakOf(reads),
    throttled: reads.filter(({ throttled }) => throttled).length / Math.max(1, reads.length),
    lag: { median: lags[(lags.length - 1) >> 1] ?? null, worst: lags.at(-1) ?? null },
    unstarted: span.operations - tasks.length,
    lost: tasks.length - completed.length,
    starting: (Math.max(span.began, ...tasks.map(({ createdAt }) => createdAt)) - span.began) / MINUTE,
    spent,
  };
}

/** How many calls of each action. */
export function callsByAction(calls: readonly InProcessCall[]): { [action: string]: number } {
  return countBy(calls, ({ action }) => action);
}

function peakOf(calls: readonly InProcessCall[]): number {
  return Math.max(0, ...Object.values(countBy(calls, ({ at, action, region }) => `${action} ${region} ${Math.floor(at / MINUTE)}`)));
}

function countBy<T>(items: readonly T[], key: (item: T) => string): { [key: string]: number } {
  const counts: { [key: string]: number } = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}
