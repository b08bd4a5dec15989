import type { Behaviour } from "../switches/behaviour";
import type { ClientTokens } from "../calls/client-tokens";
import type { EmulatorClock } from "../values/clock";
import type { ResponseBody } from "../protocol/reply";
import type { Principal, Role } from "../identity/principal";
import type { RamResource } from "../identity/ram";
import type { Sessions } from "../identity/sessions";
import type { Lifecycle } from "../state/lifecycle";
import type { Oss } from "../state/oss";
import type { Params } from "../protocol/params";
import type { Region } from "../state/regions";
import type { Store } from "../state/store";
import type { TaskStarter } from "../state/task-starter";

/** Everything that actions use. The type of each action picks the few services that it needs. */
export interface Services {
  readonly behaviour: Behaviour;
  readonly clientTokens: ClientTokens;
  readonly clock: EmulatorClock;
  readonly lifecycle: Lifecycle;
  readonly oss: Oss;
  readonly regions: ReadonlyMap<string, Region>;
  /** Null: every role exists. */
  readonly roles: ReadonlyMap<string, Role> | null;
  readonly sessions: Sessions;
  /** The longest time that a session of an assumed role lasts, in milliseconds. */
  readonly sessionLifetime: number;
  readonly starter: TaskStarter;
  readonly store: Store;
  readonly wallClock: () => number;
}

/** One authenticated call. */
export interface Call {
  readonly params: Params;
  readonly caller: Principal;
  /** The region that RegionId names. For an action without RegionId: the first region. */
  readonly region: Region;
  readonly now: number;
}

/** Returns the members of the answer besides RequestId, or throws an ApiError. */
export type Action = (call: Call) => ResponseBody;

/** An action as the dispatcher runs it. */
export interface ActionEntry {
  readonly version: "2014-05-26" | "2015-04-01";
  readonly run: Action;
  /** Whether the action needs RegionId. */
  readonly region: "required" | "none";
  /** The HTTP status for a missing RegionId. Default 400. */
  readonly missingRegionStatus?: 400 | 404;
  /** The error code for an unknown RegionId. Default `InvalidRegionId.NotFound`. */
  readonly unknownRegionCode?: string;
  /** The permission that the caller needs; undefined if it needs none. */
  readonly permission?: { readonly action: string; readonly resources: (call: Call) => readonly RamResource[] };
  /** Whether the action needs no signature. */
  readonly anonymous?: boolean;
}
