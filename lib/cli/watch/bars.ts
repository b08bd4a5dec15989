import type * as Engine from "../../operations";
import type { ListedOperation, Progress } from "../../operations";
import type { Screen } from "../command";
import { cutTo, widthOf } from "../text-width";
import { barLine, labelOf } from "./bar-line";
import { describe, lostLine } from "./lines";
import type { Palette } from "./palette";
import type { WatchView } from "./view";

export interface BarsOptions {
  readonly screen: Screen;
  readonly palette: Palette;
  /** A clock in milliseconds, from any starting point. */
  readonly now: () => number;
  /** Calls `redraw` at an interval until the returned function is called. */
  readonly every: (ms: number, redraw: () => void) => () => void;
}

interface Bar {
  readonly progress: Progress;
  readonly at: number;
}

const REDRAW = 1_000;

/**
 * Shows a bar for each running operation, redrawn in place. Ended operations and notes stay as lines above the bars. If the terminal
 * has too few rows for all bars, the last row says how many more there are.
 */
export function bars(engine: typeof Engine, watched: readonly ListedOperation[], options: BarsOptions): WatchView {
  const { screen, palette, now, every } = options;
  const running = new Map<ListedOperation, Bar>();
  /** The widths of the lines that are on the screen now. */
  let drawn: number[] = [];
  const labels = Math.max(0, ...watched.map((listed) => widthOf(labelOf(listed))));
  const stop = every(REDRAW, () => draw());

  function draw(above: readonly string[] = []): void {
    const { columns, rows } = screen.size();
    const frame = [...running].map(([listed, { progress, at }]) =>
      barLine(listed, advanced(progress, now() - at), { columns: columns - 1, labels, palette }),
    );
    const room = Math.max(1, rows - 2);
    const shown = frame.length <= room ? frame : [...frame.slice(0, room - 1), cutTo(`and ${frame.length - room + 1} more`, columns - 1)];
    screen.write(`${erase(columns)}${[...above, ...shown].map((line) => `${line}\n`).join("")}`);
    drawn = shown.map(widthOf);
  }

  /** Moves the cursor to where the last frame began. Its lines take more rows if the terminal has become narrower since. */
  function erase(columns: number): string {
    const height = drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return `\r${height > 0 ? `\x1b[${height}A` : ""}\x1b[J`;
  }

  return {
    progress: (listed, progress) => {
      const isNew = !running.has(listed);
      running.set(listed, { progress, at: now() });
      if (isNew || running.size < 2) draw();
    },
    ended: (listed, { status, isSuccess }) => {
      running.delete(listed);
      const line = `${describe(engine, listed)} has ended: ${status}`;
      draw([isSuccess ? palette.done(line) : palette.failed(line)]);
    },
    lost: (listed, reason) => {
      running.delete(listed);
      draw([palette.failed(lostLine(engine, listed, reason))]);
    },
    note: (line) => draw([line]),
    close: () => {
      stop();
      screen.write("\r\x1b[K");
    },
  };
}

/** The progress some time after a poll: the times advance, the per cent stays. */
const advanced = (progress: Progress, ms: number): Progress => ({
  ...progress,
  elapsed: progress.elapsed + ms,
  ...(progress.left !== undefined && { left: Math.max(0, progress.left - ms) }),
});
