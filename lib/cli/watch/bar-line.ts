import { durationText } from "../../contract/duration-text";
import { oneLine } from "../../contract/printable";
import type { ListedOperation, Progress } from "../../operations";
import { startKnownTo } from "../operations/listed";
import { cutTo, padTo } from "../text-width";
import type { Palette } from "./palette";

export interface BarLineOptions {
  /** The most columns that the line may take. */
  readonly columns: number;
  /** The number of columns that the longest label takes. */
  readonly labels: number;
  readonly palette: Palette;
}

/** One operation as a line: `import web t-bp1… ██████░░░░░░  45%  9m, 11m left`. A narrow line shows less. */
export function barLine(listed: ListedOperation, { percent, elapsed, left, status }: Progress, options: BarLineOptions): string {
  const { columns, labels, palette } = options;
  const done = percent === undefined ? "  ?%" : `${Math.floor(percent)}%`.padStart(4);
  const labelWidth = Math.min(labels, columns - TAIL - (columns < WIDE ? LEAST_BAR : GOOD_BAR));
  if (labelWidth < LEAST_LABEL) return cutTo(`${done} ${labelOf(listed)}`, columns);
  const label = padTo(cutTo(labelOf(listed), labelWidth), labelWidth);
  const width = Math.min(columns - labelWidth - TAIL, WIDEST_BAR);
  const filled = Math.round((width * Math.min(100, percent ?? 0)) / 100);
  const bar = `${palette.done(palette.full.repeat(filled))}${palette.dim(palette.empty.repeat(width - filled))}`;
  const times = `${durationText(elapsed, startKnownTo(listed.startedAt))}, ${left === undefined ? oneLine(status, 30) : `${durationText(left, "minute")} left`}`;
  return `${label} ${bar} ${done}  ${cutTo(times, TIMES)}`;
}

/** The name stands before the id, because a label that is too long loses its end. */
export function labelOf({ operation, name }: ListedOperation): string {
  const { kind, taskId, imageId } = operation;
  return oneLine([kind, name, taskId ?? imageId].filter(Boolean).join(" "), 200);
}

const TIMES = 19;
/** The columns of blanks, per cent and times: everything but label and bar. */
const TAIL = 8 + TIMES;
const LEAST_BAR = 8;
const GOOD_BAR = 20;
/** From this number of columns on, the bar is longer. */
const WIDE = 79;
const WIDEST_BAR = 40;
const LEAST_LABEL = 10;
