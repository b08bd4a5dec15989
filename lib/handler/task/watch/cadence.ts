export interface Pace {
  /** Milliseconds since the operation's start. */
  readonly age: number;
  /** Milliseconds until the progress foretells the end; absent where nothing is known. */
  readonly remaining?: number;
  /** The interval that the user fixed, in milliseconds. */
  readonly fixed?: number;
  /** 0 to 1. */
  readonly random: number;
}

const SHORTEST = 1_000;
const LONGEST = 5_000;
/** With a forecast, looks may be further apart while the end is far off; never so far that a wrong one would matter. */
const LONGEST_FORETOLD = 7_000;
/** Half of it is what an end waits for the next look of all, on average. */
const GATHERED = 3_500;

/**
 * Milliseconds until an operation is looked at again. Where progress foretells the end: about then, or half way there while
 * that is far off. Else the interval grows with the operation's age, since who has waited half a minute does not mind
 * three seconds more.
 */
export function nextPoll({ age, remaining, fixed, random }: Pace): number {
  if (fixed !== undefined) return fixed;
  const jitter = 0.9 + random * 0.2;
  if (remaining === undefined) return clamp(age / 5, SHORTEST, LONGEST) * jitter;
  if (remaining > LONGEST_FORETOLD) return clamp(remaining / 2, SHORTEST, LONGEST_FORETOLD) * jitter;
  if (remaining > 0) return Math.max(remaining, SHORTEST * jitter);
  return clamp(-remaining / 4, SHORTEST, LONGEST) * jitter;
}

/**
 * Milliseconds that remain, at the least, when `progress` per cent were reached at `age`; absent while too little is done to
 * tell. ECS gives whole per cents, and the next one may be just ahead: a look too early costs less than one too late.
 */
export function forecast(age: number, progress: number | undefined): number | undefined {
  if (progress === undefined || progress < 2 || progress > 100) return undefined;
  const reached = Math.min(100, progress + 1);
  return (age * (100 - reached)) / reached;
}

/**
 * The least time (ms) between two polls where several operations are watched, by the age of the youngest: their ends are
 * spread, and polling each by itself would take a call each. An operation whose task has ended only needs its image, which
 * follows in moments: those are gathered for a second at the most.
 */
export function leastGap(operations: number, youngest: number, onlyNeedsItsImage = false): number {
  if (operations < 2) return 0;
  return Math.min(clamp(youngest / 10, 250, GATHERED), onlyNeedsItsImage ? SHORTEST : Infinity);
}

/** The least time (ms) between two polls of everything, where that takes so many full batches, a call each. */
export function roundTime(batches: number): number {
  return batches * 250;
}

/** While a cancelled task ends: quick at first, since an interrupted user waits. */
export function nextEndingPoll(looks: number): number {
  return Math.min(2_000, 200 * 2 ** looks);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
