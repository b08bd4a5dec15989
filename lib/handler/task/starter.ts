import type { Clock } from "./clock";
import type { Finder } from "./find";
import type { EcsGateway } from "./gateway";
import type { Operation } from "./operation";
import type { Run } from "./run";
import type { Settled } from "./settle";
import type { Watcher } from "./watcher";

/** What starting an operation takes, for one region. */
export interface StartDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly finder: Finder;
  readonly watcher: Pick<Watcher, "look">;
  readonly run: Pick<Run, "signal" | "stopped" | "orphaned" | "bounded" | "track" | "asking" | "started">;
  readonly claims: Claims;
  /** The key of the tag that holds the start key. */
  readonly tagKey: string;
  /** Ends and removes what an earlier, lost run of this same start left behind. */
  readonly discard: (operation: Operation, until: number) => Promise<Settled>;
}

/** What every start is told. */
export interface StartOptions {
  readonly startKey: string;
  /** Take on a usable image that an earlier run left, too: only where the key or the name can be nobody else's. */
  readonly adoptMade: boolean;
  /** The first token generation to try: past those whose operations are known to be over. */
  readonly generation: number;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
}

export interface Started {
  readonly operation: Operation;
  readonly generation: number;
  /** Set when nothing was started: an operation of an earlier, lost run was taken on. */
  readonly adopted?: string;
}

/** Which ids resources of this run have taken, so that two equal resources never share one operation. */
export class Claims {
  private readonly taken = new Set<string>();
  private readonly queues = new Map<string, Promise<unknown>>();

  has(operation: Operation): boolean {
    return this.taken.has(keyOf(operation));
  }

  take(operation: Operation): void {
    this.taken.add(keyOf(operation));
  }

  /** Runs one after another what shares a name. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(name) ?? Promise.resolve()).then(work, work);
    this.queues.set(name, turn);
    return turn;
  }
}

/** An exported image is nobody's: only the task is taken. */
function keyOf({ kind, region, taskId, imageId }: Operation): string {
  return `${region}/${kind === "export" ? taskId : imageId}`;
}

/** ECS's date (to the minute or the second, UTC) in milliseconds, or `fallback` where it gives none. */
export function parseEcsTime(text: string | undefined, fallback: number): number {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? fallback : time;
}
