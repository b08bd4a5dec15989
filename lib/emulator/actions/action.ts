import type { Behaviour } from "../switches/behaviour";
import type { ClientTokens } from "../calls/client-tokens";
import type { EmulatorClock } from "../values/clock";
import type { ResponseBody } from "../protocol/reply";
import type { Principal, Role } from "../identity/principal";
import type { Sessions } from "../identity/sessions";
import type { Lifecycle } from "../state/lifecycle";
import type { Oss } from "../state/oss";
import type { Params } from "../protocol/params";
import type { Region } from "../state/regions";
import type { Store } from "../state/store";
import type { TaskStarter } from "../state/task-starter";

/** Everything that actions draw on; each names the few it uses. */
export interface Services {
  readonly behaviour: Behaviour;
  readonly clientTokens: ClientTokens;
  readonly clock: EmulatorClock;
  readonly lifecycle: Lifecycle;
  readonly oss: Oss;
  readonly regions: ReadonlyMap<string, Region>;
  /** Null: every role of the caller's account is there. */
  readonly roles: ReadonlyMap<string, Role> | null;
  readonly sessions: Sessions;
  /** Milliseconds that a session of an assumed role lasts at the most. */
  readonly sessionLifetime: number;
  readonly starter: TaskStarter;
  readonly store: Store;
  readonly wallClock: () => number;
}

/** One authenticated call. */
export interface Call {
  readonly params: Params;
  readonly caller: Principal;
  /** For an action without RegionId, the first of all regions. */
  readonly region: Region;
  readonly now: number;
}

/** Answers a call with what stands beside RequestId, or throws an ApiError. */
export type Action = (call: Call) => ResponseBody;

/** An action as the gateway finds it. */
export interface ActionEntry {
  readonly version: "2014-05-26" | "2015-04-01";
  readonly run: Action;
  /** How the region is found; `none` for actions that have none. */
  readonly region: "required" | "none";
  /** The HTTP status of a missing RegionId. Default 400. */
  readonly missingRegionStatus?: 400 | 404;
  /** How an unknown RegionId is called. Default `InvalidRegionId.NotFound`. */
  readonly unknownRegionCode?: string;
  /** What RAM is asked; undefined: nothing. */
  readonly permission?: { readonly action: string; readonly resources: (call: Call) => readonly string[] };
  /** Needs no signature. */
  readonly anonymous?: boolean;
}
