import { durationText, wholeSeconds } from "../../../contract/duration-text";

/** The progress of a watched operation at its last poll. */
export interface Progress {
  /** ECS's own status. */
  readonly status: string;
  /** 0 to 100; absent until ECS returns it. */
  readonly percent?: number;
  /** Milliseconds since its start. */
  readonly elapsed: number;
  /** Milliseconds until the end at the pace so far; absent while progress is too low for a forecast. */
  readonly left?: number;
}

export function progressOf(status: string, percent: number | undefined, elapsed: number): Progress {
  const left = percent === undefined || percent < LEAST_PERCENT || percent > 100 ? undefined : (elapsed * (100 - percent)) / percent;
  return { status, percent, elapsed, left };
}

/** In per cent. Below this progress there is no forecast. */
const LEAST_PERCENT = 2;

/**
 * `Processing, 45% done after 12m, about 15m left`
 *
 * @param startKnownTo how exactly the start is known
 */
export function progressText({ status, percent, elapsed, left }: Progress, startKnownTo: "second" | "minute" = "second"): string {
  const done = percent === undefined ? "" : ` ${Math.floor(percent)}% done`;
  const rest = left === undefined ? "" : `, ${left < MINUTE ? "less than a minute" : `about ${durationText(left)}`} left`;
  return `${status},${done} after ${durationText(elapsed, startKnownTo)}${rest}`;
}

const MINUTE = 60_000;
/** The progress per log line, in per cent. */
const STEP = 5;
/** The longest time between two log lines, and between two polls of an export's progress, in milliseconds. */
export const PERIOD = MINUTE;

/** Called with each poll that finds the operation running. */
export type OnProgress = (progress: Progress) => void;

/** Writes a log line for each poll with news. */
export function progressLog(
  describe: () => string,
  log: (message: string, fields: { readonly [key: string]: unknown }) => void,
): OnProgress {
  const steps = new ProgressSteps();
  return (progress) => {
    if (!steps.isWorthALine(progress)) return;
    const { percent, elapsed, left } = progress;
    const left_seconds = left === undefined ? undefined : wholeSeconds(left);
    log(`${describe()}: ${progressText(progress)}`, { progress: percent, elapsed_seconds: wholeSeconds(elapsed), left_seconds });
  };
}

/** Decides which polls are worth a log line: another status, five per cent more, or a minute without a line. */
export class ProgressSteps {
  private last: Progress | null = null;

  isWorthALine(progress: Progress): boolean {
    const { last } = this;
    const isNews =
      last === null || progress.status !== last.status || step(progress) > step(last) || progress.elapsed - last.elapsed >= PERIOD;
    if (isNews) this.last = progress;
    return isNews;
  }
}

const step = ({ percent }: Progress): number => Math.floor((percent ?? 0) / STEP);
