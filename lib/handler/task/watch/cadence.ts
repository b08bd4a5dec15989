export interface Pace {
  /** Milliseconds since the operation's start. */
  readonly age: number;
  /** Milliseconds until the end, as forecast from the progress; absent without a forecast. */
  readonly remaining?: number;
  /** The interval that the user fixed, in milliseconds. */
  readonly fixed?: number;
  /** 0 to 1. */
  readonly random: number;
}

const SHORTEST = 1_000;
const LONGEST = 5_000;
/** With a forecast, polls may be further apart while the end is far off, but never so far that a wrong forecast matters. */
const LONGEST_FORECAST = 7_000;
/** The longest time between two polls of many operations: on average, an end is noticed after half of it. */
const GATHERED = 3_500;

/**
 * Milliseconds until the next poll of an operation. With a forecast: about at the forecast end, or half way there while it is far
 * off. Without one, the interval grows with the operation's age: after half a minute, three seconds more do not matter.
 */
export function nextPoll({ age, remaining, fixed, random }: Pace): number {
  if (fixed !== undefined) return fixed;
  const jitter = 0.9 + random * 0.2;
  if (remaining === undefined) return clamp(age / 5, SHORTEST, LONGEST) * jitter;
  if (remaining > LONGEST_FORECAST) return clamp(remaining / 2, SHORTEST, LONGEST_FORECAST) * jitter;
  if (remaining > 0) return Math.max(remaining, SHORTEST * jitter);
  return clamp(-remaining / 4, SHORTEST, LONGEST) * jitter;
}

/**
 * The least number of milliseconds until the end, given `progress` per cent at `age`; absent while progress is too low for a
 * forecast. ECS rounds down to whole per cents; a poll too early costs less than one too late, so the next per cent counts as reached.
 */
export function forecast(age: number, progress: number | undefined): number | undefined {
  if (progress === undefined || progress < 2 || progress > 100) return undefined;
  const reached = Math.min(100, progress + 1);
  return (age * (100 - reached)) / reached;
}

/**
 * The least time (ms) between two polls of several operations, by the age of the youngest: they end at different times, and a poll
 * for each end would take one call each. If the task has ended and only the image is awaited, which follows within
 * moments, such polls are gathered for at most a second.
 */
export function leastGap(operations: number, youngest: number, onlyNeedsItsImage = false): number {
  if (operations < 2) return 0;
  return Math.min(clamp(youngest / 10, 250, GATHERED), onlyNeedsItsImage ? SHORTEST : Infinity);
}

/** The least time (ms) between two polls of all operations, by the number of calls that this takes in addition to the first. */
export function roundTime(furtherCalls: number): number {
  return furtherCalls * 250;
}

/** Milliseconds until the next poll of a cancelled task: short at first, because an interrupted user is waiting. */
export function nextEndingPoll(polls: number): number {
  return Math.min(2_000, 200 * 2 ** polls);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
