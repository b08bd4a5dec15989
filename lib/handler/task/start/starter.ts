import type { Clock } from "../clock";
import { parseEcsTime } from "../parse-ecs-time";
import { CLOCK_SKEW } from "../ecs-timing";
import type { Finder } from "./finder";
import type { EcsGateway } from "../gateway";
import { operationKey, type Operation } from "../operation";
import type { Ownership } from "./ownership";
import type { Run } from "../end/run";
import type { Image } from "../gateway";
import type { Ended } from "../end/end-operation";
import type { Describe } from "../image-names";
import type { Watcher } from "../watch/watcher";

/** What starting an operation takes, for one region. */
export interface StartDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly describe: Describe;
  readonly finder: Finder;
  readonly watcher: Pick<Watcher, "poll" | "fetchImage">;
  readonly run: Pick<Run, "signal" | "stopped" | "orphaned" | "bounded" | "track" | "asking" | "started">;
  readonly claims: Claims;
  readonly ownership: Pick<Ownership, "has" | "isKnown">;
  /** The key of the tag that holds the start key. */
  readonly tagKey: string;
  /** The key of the tag that holds the request's fingerprint. */
  readonly requestTagKey: string;
  /** Ends and removes what this process itself has just started. */
  readonly discard: (operation: Operation, until: number) => Promise<Ended>;
  /** Deletes the snapshots that were marked as those of an operation whose image is gone; where that fails, they stay. */
  readonly removeMarkedSnapshots: (operation: Operation, until: number) => Promise<void>;
}

/** What every start is told. */
export interface StartOptions {
  readonly startKey: string;
  /** Take on a usable image that an earlier run left, too: only where the key or the name can be nobody else's. */
  readonly takeOverMade: boolean;
  /** The first token generation to try: past those whose operations are known to be over. */
  readonly generation: number;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
}

export interface Started {
  readonly operation: Operation;
  readonly generation: number;
  /** Set when nothing was started: an operation of an earlier, lost run was taken on. */
  readonly takenOver?: { readonly note: string; readonly image?: Image };
  /** ECS could not be looked at: that the answer names what was started is not shown. */
  readonly unconfirmed?: boolean;
}

/** Which ids resources of this run have taken, so that two equal resources never share one operation. */
export class Claims {
  private readonly claimed = new Set<string>();
  private readonly ending = new Set<string>();
  private readonly queues = new Map<string, Promise<unknown>>();

  has(operation: Operation): boolean {
    return this.claimed.has(operationKey(operation));
  }

  claim(operation: Operation): void {
    this.claimed.add(operationKey(operation));
  }

  /** A destroy of this run is ending the operation: its name becomes free. */
  end(operation: Operation): void {
    this.ending.add(operationKey(operation));
  }

  isEnding(operation: Operation): boolean {
    return this.ending.has(operationKey(operation));
  }

  /** Runs one after another what shares a name. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(name) ?? Promise.resolve()).then(work, work);
    this.queues.set(name, turn);
    return turn;
  }
}

/** True for what ECS made before our call, so by an earlier one. */
export function isTooOld(creationTime: string | undefined, startedAt: number): boolean {
  return parseEcsTime(creationTime, startedAt) < startedAt - CLOCK_SKEW;
}
