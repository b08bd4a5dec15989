import { EmulatorError } from "../values/emulator-error";
import type { AccessKey, Role } from "../identity/principal";
import type { OssBucket } from "../state/oss";
import { checkShape } from "../values/shape";
import { BUCKET, IMAGE, KEY, ROLE, SNAPSHOT, TASK } from "./shapes";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "./seed";

/** What exists when an emulator starts. */
export interface SeedDocument {
  /** The region of items that name none. Default: the emulator's region. */
  readonly region?: string;
  readonly images?: readonly ImageSeed[];
  readonly snapshots?: readonly SnapshotSeed[];
  readonly tasks?: readonly TaskSeed[];
  /** If the list has any, only the listed buckets exist. */
  readonly buckets?: readonly SeedBucket[];
  /** The RAM roles that ECS can assume for imports and exports. Default: every role. */
  readonly serviceRoles?: readonly string[];
  /** The RAM roles that AssumeRole finds. Default: every role. */
  readonly roles?: readonly Role[];
  /** More AccessKeys. */
  readonly accessKeys?: readonly AccessKey[];
}

export type SeedBucket = Omit<OssBucket, "region"> & { readonly region?: string };

/** Returns the document, with its region in all items that name none. Throws an EmulatorError that names what is wrong. */
export function checkedSeed(value: unknown): SeedDocument {
  const seed = checkShape<SeedDocument>(
    value,
    {
      region: "text",
      images: { each: IMAGE },
      snapshots: { each: SNAPSHOT },
      tasks: { each: TASK, required: ["action"] },
      buckets: { each: BUCKET, required: ["name"] },
      serviceRoles: "texts",
      roles: { each: ROLE, required: ["arn"] },
      accessKeys: { each: KEY, required: ["accessKeyId", "accessKeySecret"] },
    },
    [],
    "The seed",
  );
  const at = <T extends { readonly region?: string }>(items: readonly T[] | undefined): readonly T[] | undefined =>
    seed.region === undefined ? items : items?.map((item) => ({ region: seed.region, ...item }));
  return { ...seed, images: at(seed.images), snapshots: at(seed.snapshots), tasks: at(seed.tasks), buckets: at(seed.buckets) };
}

type Listed = "images" | "snapshots" | "tasks" | "buckets";

/** Calls `doing` with each item of a list. If it throws, the error names the item. */
export function eachOf<List extends Listed>(
  seed: SeedDocument,
  list: List,
  doing: (item: NonNullable<SeedDocument[List]>[number]) => void,
): void {
  for (const [index, item] of (seed[list] ?? []).entries()) {
    try {
      doing(item);
    } catch (cause) {
      if (!(cause instanceof EmulatorError)) throw cause;
      throw new EmulatorError(`The seed's ${list}[${index}]: ${cause.message}`, { cause });
    }
  }
}
