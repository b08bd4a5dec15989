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

/** The collaborators that starting an operation needs, for one region. */
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
  /** Ends and removes an operation that this process has just started. */
  readonly discard: (operation: Operation, until: number) => Promise<Ended>;
  /** Deletes the snapshots that are marked as those of an operation whose image is gone. If that fails, they stay. */
  readonly removeMarkedSnapshots: (operation: Operation, until: number) => Promise<void>;
}

/** The options of every start. */
export interface StartOptions {
  readonly startKey: string;
  /** Also take over a finished image of an earlier run: safe only if nobody else can use the same key or name. */
  readonly takeOverMade: boolean;
  /** The first token generation to try, after those whose operations have ended. */
  readonly generation: number;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
}

export interface Started {
  readonly operation: Operation;
  readonly generation: number;
  /** Set if nothing was started because an operation of an earlier run was taken over. */
  readonly takenOver?: { readonly note: string; readonly image?: Image };
  /** The poll after the start failed, so it is not confirmed that the answer names a new operation. */
  readonly unconfirmed?: boolean;
}

/** The operations that the resources of this run have claimed, so that two equal resources never share one. */
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

  /** A destroy of this run is ending the operation, so its name becomes free. */
  end(operation: Operation): void {
    this.ending.add(operationKey(operation));
  }

  isEnding(operation: Operation): boolean {
    return this.ending.has(operationKey(operation));
  }

  /** Runs work that shares a name one after another. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(name) ?? Promise.resolve()).then(work, work);
    this.queues.set(name, turn);
    return turn;
  }
}

/** True if ECS created it before our call, so an earlier call did. */
export function isTooOld(creationTime: string | undefined, startedAt: number): boolean {
  return parseEcsTime(creationTime, startedAt) < startedAt - CLOCK_SKEW;
}
