import type { BehaviourPatch } from "./switches/behaviour";
import type { EmulatorClock } from "./values/clock";
import type { AccessKey, Role } from "./identity/principal";
import type { TlsKeys } from "./protocol/tls-keys";
import type { OssBucket } from "./state/oss";
import type { PolicyDocument } from "./identity/policy";
import type { SeedDocument } from "./seeds/seed-document";
import type { TaskDurations } from "./state/task-starter";
import type { ThrottleRule } from "./calls/throttle";

/** The options of an emulator. */
export interface EcsEmulatorOptions {
  /** The id of the AccessKey that signs calls. Default `emulator`. */
  readonly accessKeyId?: string;
  /** Its secret. Default `emulator-secret`. */
  readonly accessKeySecret?: string;
  /** The RAM policies of that AccessKey's owner. Default: everything is allowed. */
  readonly policies?: readonly PolicyDocument[];
  /** More AccessKeys, of the same account or of other accounts. */
  readonly accessKeys?: readonly AccessKey[];
  /** The RAM roles that AssumeRole finds. Default: every role, with all rights. */
  readonly roles?: readonly Role[];

  /** How long a task runs: milliseconds or a string such as `"60s"`, one for all actions or one for each. Default `"60s"`. */
  readonly taskDuration?: number | string | { readonly [Action in keyof TaskDurations]?: number | string };
  /** The switches that differ from their defaults. */
  readonly behaviour?: BehaviourPatch;
  /** The ids of the regions that exist. Default: those of the public cloud. */
  readonly regions?: readonly string[];
  /** The region of seeds that name none. Default `cn-hangzhou`, or the first of `regions` if `cn-hangzhou` is not among them. */
  readonly region?: string;
  /** The images, snapshots, tasks, buckets, roles and AccessKeys that exist from the start. Default: none. */
  readonly seed?: SeedDocument;
  /** The buckets that ECS finds. Default: every bucket and every object exists. */
  readonly buckets?: readonly OssBucket[];
  /** Call limits. Default: none. */
  readonly throttle?: readonly ThrottleRule[];

  /** The clock that tasks and images follow. Default: the machine's. */
  readonly clock?: EmulatorClock;
  /** How many times faster than real time the clock runs. Can't be combined with `clock`. Default 1. */
  readonly timeScale?: number;
  /** The longest time that a session of an assumed role lasts, in milliseconds. Default: as long as the call asks for (15 minutes or more). */
  readonly sessionLifetime?: number;
  /** Returns the time for the checks of signatures and STS sessions, in milliseconds since the epoch. Default: the machine's time. */
  readonly wallClock?: () => number;

  /** The address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** The port to listen on. Default 0: any free port. */
  readonly port?: number;
  /** Allows a `host` that other machines can reach. The live page and the admin API then require a token. Default false. */
  readonly allowRemote?: boolean;
  /** The token of the live page and the admin API. Default: a random one with `allowRemote`, otherwise none. */
  readonly adminToken?: string;
  /** More host names under which clients may call the emulator. Names that an attacker can't register are always allowed. */
  readonly allowHosts?: readonly string[];
  /** Serves HTTPS with this certificate; with `true`, the emulator creates one (see `certificate`). Default: HTTP. */
  readonly tls?: true | TlsKeys;
  /** A file that keeps the state across restarts. Default: none, so the state is lost on exit. */
  readonly stateFile?: string;
  /** The lowest number of calls that `calls` keeps. Default 100000. */
  readonly callLogSize?: number;
  /** Returns the HTML that a browser gets at `/`. Default: the live page with tasks, images, calls and switches. */
  readonly page?: () => string;
}
