import type { BehaviourPatch } from "./switches/behaviour";
import type { EmulatorClock } from "./values/clock";
import type { AccessKey, Role } from "./identity/principal";
import type { TlsKeys } from "./protocol/tls-keys";
import type { OssBucket } from "./state/oss";
import type { PolicyDocument } from "./identity/policy";
import type { SeedDocument } from "./seeds/seed-document";
import type { TaskDurations } from "./state/task-starter";
import type { ThrottleRule } from "./calls/throttle";

/** How an emulator is set up. */
export interface EcsEmulatorOptions {
  /** The AccessKey that calls are signed with. Default `emulator`. */
  readonly accessKeyId?: string;
  /** Its secret. Default `emulator-secret`. */
  readonly accessKeySecret?: string;
  /** What the owner of that AccessKey may do. Default: everything. */
  readonly policies?: readonly PolicyDocument[];
  /** More AccessKeys, of the same account or of others. */
  readonly accessKeys?: readonly AccessKey[];
  /** The RAM roles that AssumeRole finds. Default: every role of the caller's account, with all rights. */
  readonly roles?: readonly Role[];

  /** How long a task runs: milliseconds or a text such as `"60s"`, for all actions or for each. Default `"60s"`. */
  readonly taskDuration?: number | string | { readonly [Action in keyof TaskDurations]?: number | string };
  /** Switches, as far as they differ from the defaults. */
  readonly behaviour?: BehaviourPatch;
  /** The regions there are. Default: those of the public cloud. */
  readonly regions?: readonly string[];
  /** Where whatever names no region is. Default `cn-hangzhou`, or the first of `regions` where that isn't among them. */
  readonly region?: string;
  /** Images, tasks, buckets and roles that are there at the start. Default: none. */
  readonly seed?: SeedDocument;
  /** Buckets that ECS finds. Default: every bucket and object is there. */
  readonly buckets?: readonly OssBucket[];
  /** Limits on calls. Default: none. */
  readonly throttle?: readonly ThrottleRule[];

  /** The time that tasks live by. Default: the machine's. */
  readonly clock?: EmulatorClock;
  /** Lets time pass this many times as fast; not together with `clock`. Default 1. */
  readonly timeScale?: number;
  /** How long a session of an assumed role lasts at the most, in milliseconds. Default: as long as is asked for, 15 minutes at the least. */
  readonly sessionLifetime?: number;
  /** The time that signatures and STS sessions are checked against, in milliseconds since the epoch. Default: the machine's. */
  readonly wallClock?: () => number;

  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Lets `host` be one that other machines can reach. The page and the admin API then ask for a token. Default false. */
  readonly allowRemote?: boolean;
  /** What the page and the admin API ask for. Default: a fresh one with `allowRemote`, and none without it. */
  readonly adminToken?: string;
  /** Names that it may be called by, beside this machine's own and those that no stranger can register. */
  readonly allowHosts?: readonly string[];
  /** Speaks HTTPS: with a certificate that it makes itself (`certificate`), or with these. Default: HTTP. */
  readonly tls?: true | TlsKeys;
  /** A file that keeps the state over a restart. Default: none, the state is lost on exit. */
  readonly stateFile?: string;
  /** How many calls `calls` remembers at the least. Default 100000. */
  readonly callLogSize?: number;
  /** What a browser gets at `/`. Default: a live page with tasks, images, calls and switches. */
  readonly page?: () => string;
}
