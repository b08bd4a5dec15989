import { durationText } from "../../../contract/duration-text";

/** How far an operation is that is being waited for, as the last look at it showed. */
export interface Progress {
  /** ECS's own word. */
  readonly status: string;
  /** 0 to 100; absent while ECS has told none. */
  readonly percent?: number;
  /** Milliseconds since its start. */
  readonly elapsed: number;
  /** Milliseconds until it is over, if it goes on as so far; absent while too little is done to tell. */
  readonly left?: number;
}

export function progressOf(status: string, percent: number | undefined, elapsed: number): Progress {
  const left = percent === undefined || percent < LEAST_PERCENT || percent > 100 ? undefined : (elapsed * (100 - percent)) / percent;
  return { status, percent, elapsed, left };
}

/** From less done, nothing is foretold. */
const LEAST_PERCENT = 2;

/** `Processing, 45% done after 12m, about 15m left` */
export function progressText({ status, percent, elapsed, left }: Progress): string {
  const done = percent === undefined ? "" : ` ${Math.floor(percent)}% done`;
  const rest = left === undefined ? "" : `, about ${durationText(left)} left`;
  return `${status},${done} after ${durationText(elapsed)}${rest}`;
}

/** A line each so many per cent. */
const STEP = 5;
/** A line, and an export's progress, at least so often, in milliseconds. */
export const PERIOD = 60_000;

/** Told of each look that shows an operation running. */
export type OnProgress = (progress: Progress) => void;

/** Writes a line for each look that is worth one. */
export function progressLog(
  describe: () => string,
  log: (message: string, fields: { readonly [key: string]: unknown }) => void,
): OnProgress {
  const steps = new ProgressSteps();
  return (progress) => {
    if (!steps.isWorthALine(progress)) return;
    const { percent, elapsed, left } = progress;
    const [elapsed_seconds, left_seconds] = [elapsed, left].map((ms) => (ms === undefined ? undefined : Math.round(ms / 1000)));
    log(`${describe()}: ${progressText(progress)}`, { progress: percent, elapsed_seconds, left_seconds });
  };
}

/** Decides which looks at an operation are worth a line in a log: another status, five per cent more, or a minute without a line. */
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
