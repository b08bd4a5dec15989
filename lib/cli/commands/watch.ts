import { setMaxListeners } from "node:events";
import { oneLine } from "../../contract/printable";
import type { ListedOperation, Progress } from "../../operations";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments, type FlagValues } from "../flags";
import { inOneLine, reach, type Reached } from "../operations/engine";
import { checkIds, exportsOfImage } from "../operations/ids";
import { checkRegionFlags, look, REGION_FLAGS, where } from "../operations/regions";
import { bars } from "../watch/bars";
import { lines } from "../watch/lines";
import { paletteOf } from "../watch/palette";
import type { WatchView } from "../watch/view";

const HELP = `Usage: imagetask watch [ID...] [flags]

Waits until operations have ended, and prints a line whenever one makes progress or ends. Without an ID, it waits for all running
operations. Ctrl-C stops watching and cancels nothing.

Flags:
  --stack STACK       watch only operations of this stack
  --region REGION     search only this region; repeatable (default: all regions of the account)
  --all-regions       search all regions of the account
  --exit-status       exit with 1 if an operation did not finish successfully
  --help              show this text

Exit codes: 0 all have ended, or Ctrl-C; 1 error, or with --exit-status an operation that did not succeed; 2 invalid arguments;
4 some regions did not answer.`;

const FLAGS = { ...REGION_FLAGS, stack: "value", "exit-status": "switch" } as const;
type WatchFlags = FlagValues<typeof FLAGS>;

/** `imagetask watch` */
export const watchCommand: Command = { help: HELP, run };

async function run(args: readonly string[], context: CommandContext): Promise<CommandResult> {
  const { values: flags, rest: ids } = parseArguments(args, FLAGS);
  if (ids.length > 0 && flags.stack !== undefined) throw new UsageError("Ids and --stack can't be used together. Give only one of them.");
  checkRegionFlags(flags);
  checkIds(ids);
  const stop = new AbortController();
  // Every operation that is watched listens to it.
  setMaxListeners(0, stop.signal);
  const stopped = Promise.race([context.stopped, context.unread]).then(() => {
    stop.abort(new Error("stopped"));
    return STOPPED;
  });
  return Promise.race([watch(flags, ids, context, stop.signal), stopped]);
}

const STOPPED: CommandResult = { exitCode: 0, text: "Stopped watching. Nothing was cancelled." };

async function watch(flags: WatchFlags, ids: readonly string[], context: CommandContext, signal: AbortSignal): Promise<CommandResult> {
  let view: WatchView | null = null;
  // The core logs a poll that failed, and polls again.
  const reached = await reach(context, (message, fields) => {
    if (fields?.["delay_ms"] !== undefined) view?.note(`imagetask: watch: ${message}: ${oneLine(String(fields["error"]))}`);
  });
  const { engine } = reached;
  const { found, regions, complaints } = await look(reached, flags, context, "all");
  const { operations, unknown } = engine.select(found, { ids, stack: flags.stack });
  if (unknown.length > 0)
    throw new CommandError(
      unknown.map((id) => exportsOfImage("watch", id, found)).find((hint) => hint !== null) ??
        `ECS lists no import, export or copy ${unknown.join(", ")} in ${where(regions)}.`,
    );
  for (const complaint of complaints) context.complain(`imagetask: watch: ${complaint}`);
  const watched = ids.length > 0 ? operations : operations.filter(({ state }) => state === "running");
  const exitCode = complaints.length > 0 ? 4 : 0;
  if (watched.length === 0) return { exitCode, text: `No operation is running in ${where(regions)}.` };
  if (signal.aborted) return STOPPED;

  view = viewOf(reached, watched, context);
  signal.addEventListener("abort", () => view?.close(), { once: true });
  const ends = await Promise.all(watched.map((listed) => untilEnded(listed, reached, signal, view)));
  view.close();
  const failed = ends.filter((isSuccess) => isSuccess === false).length;
  const unseen = ends.filter((isSuccess) => isSuccess === null).length;
  if (unseen > 0) return { exitCode: unseen === ends.length ? 1 : 4 };
  const text = ends.length > 1 ? `All ${ends.length} have ended: ${ends.length - failed} finished, ${failed} did not.` : undefined;
  return { exitCode: flags["exit-status"] && failed > 0 ? 1 : exitCode, text };
}

/** Resolves with whether the operation succeeded; null if the watch lost it before its end. */
async function untilEnded(
  listed: ListedOperation,
  { engine, core }: Reached,
  signal: AbortSignal,
  view: WatchView,
): Promise<boolean | null> {
  const { operation, startedAt } = listed;
  const { clock } = core;
  let last = engine.progressOf(listed.status, listed.progress ?? undefined, clock.date() - (startedAt ?? clock.date()));
  const onProgress = (seen: Progress): void => {
    // Not every poll returns the progress.
    last = seen.percent === undefined ? engine.progressOf(seen.status, last.percent, seen.elapsed) : seen;
    if (!signal.aborted) view.progress(listed, last);
  };
  if (listed.state === "running") onProgress(last);
  try {
    const { assessment } = await core.watcher(operation.region).until(operation, signal, onProgress);
    const isSuccess = assessment.state === "finished";
    view.ended(listed, { status: assessment.state === "gone" ? "no longer listed by ECS" : assessment.status, isSuccess });
    return isSuccess;
  } catch (error) {
    if (!signal.aborted) view.lost(listed, inOneLine(engine, error));
    return null;
  }
}

function viewOf({ engine, core }: Reached, watched: readonly ListedOperation[], context: CommandContext): WatchView {
  const { screen, env } = context;
  if (!screen) return lines(engine, context);
  const every = (ms: number, redraw: () => void): (() => void) => {
    const timer = setInterval(redraw, ms);
    return () => clearInterval(timer);
  };
  return bars(engine, watched, { screen, palette: paletteOf(env), now: () => core.clock.now(), every });
}
