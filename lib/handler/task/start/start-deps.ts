import type { Clock } from "../clock";
import type { Ended } from "../end/end-operation";
import type { Run } from "../end/run";
import type { EcsGateway } from "../gateway";
import type { Describe } from "../image-names";
import type { Operation } from "../operation";
import type { Watcher } from "../watch/watcher";
import type { Claims } from "./claims";
import type { Finder } from "./finder";
import type { Ownership } from "./ownership";

/** The collaborators that starting an operation needs, for one region. */
export interface StartDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly describe: Describe;
  readonly finder: Finder;
  readonly watcher: Pick<Watcher, "poll" | "fetchImage">;
  readonly run: Pick<Run, "signal" | "stopped" | "orphaned" | "bounded" | "track" | "trackStart" | "started">;
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
