type Operation = "import" | "export" | "copy" | "tasks" | "list" | "reap";

/** The tag of the images that the permissions are for. */
interface Tenant {
  readonly tagKey: string;
  readonly tagValue: string;
  readonly cancelTasks?: boolean;
  readonly deleteSnapshots?: boolean;
}

/** An operation that needs permissions. */
export interface Use {
  readonly operation: Operation;
  /** Null if synth does not know them. */
  readonly regions: readonly string[] | null;
}

/** Actions with the same resources and condition. */
export interface Grant {
  readonly actions: readonly string[];
  /** The kind of resource; null for actions that RAM can grant only for the whole account. */
  readonly kind: "image" | "snapshot" | null;
  readonly condition: { readonly [key: string]: string } | null;
  /** The operations that need them. */
  readonly uses: readonly Use[];
}

/** The permissions that the operations need: one grant for all actions with the same resources and condition. */
export function grantsOf(uses: readonly Use[], tenant?: Tenant): Grant[] {
  const alike = new Map<string, Grant>();
  for (const { table, kind, limit } of GROUPS) {
    if (limit === "snapshots" && tenant && tenant.deleteSnapshots !== true) continue;
    const needed = uses.filter(({ operation }) => table[operation] !== undefined);
    const actions = needed.flatMap(({ operation }) => table[operation] ?? []).filter((action) => mayHave(action, tenant));
    if (actions.length === 0) continue;
    const condition = conditionOf(limit, tenant);
    const key = JSON.stringify([kind, condition]);
    const others = alike.get(key);
    alike.set(key, { kind, condition, actions: union(others?.actions ?? [], actions).sort(), uses: union(others?.uses ?? [], needed) });
  }
  return [...alike.values()];
}

const union = <T>(some: readonly T[], more: readonly T[]): T[] => [...new Set([...some, ...more])];

type Table = { readonly [operation in Operation]?: readonly string[] };

const TASK_READS = ["ecs:DescribeTaskAttribute", "ecs:DescribeTasks"];
const SNAPSHOT_CHANGES = ["ecs:DeleteSnapshot", "ecs:TagResources"];
const TAG_CHANGES = ["ecs:TagResources", "ecs:UntagResources"];
const CANCEL_TASK = "ecs:CancelTask";

/** RAM cannot limit these to the tasks that the provider started; before a cancel, the provider checks that itself. */
const ACCOUNT: Table = {
  import: [CANCEL_TASK, ...TASK_READS],
  export: [CANCEL_TASK, ...TASK_READS],
  tasks: TASK_READS,
  list: ["ecs:DescribeRegions", ...TASK_READS],
  reap: [CANCEL_TASK, "ecs:DescribeRegions", ...TASK_READS],
};
const IMAGE_READS: Table = {
  import: ["ecs:DescribeImages"],
  export: ["ecs:DescribeImages"],
  copy: ["ecs:DescribeImages"],
  tasks: ["ecs:DescribeImages"],
  list: ["ecs:DescribeImages"],
  reap: ["ecs:DescribeImages"],
};
const IMAGE_STARTS: Table = { import: ["ecs:ImportImage"], copy: ["ecs:CopyImage"] };
const IMAGE_CHANGES: Table = {
  import: ["ecs:DeleteImage", "ecs:ModifyImageAttribute", ...TAG_CHANGES],
  export: ["ecs:ExportImage", ...TAG_CHANGES],
  copy: ["ecs:CancelCopyImage", "ecs:DeleteImage", "ecs:ModifyImageAttribute", ...TAG_CHANGES],
  reap: ["ecs:CancelCopyImage", "ecs:DeleteImage"],
};
/** For deleting an image's snapshots with it. */
const SNAPSHOT_READS: Table = { import: ["ecs:DescribeSnapshots"], copy: ["ecs:DescribeSnapshots"], reap: ["ecs:DescribeSnapshots"] };
const SNAPSHOTS: Table = { import: SNAPSHOT_CHANGES, copy: SNAPSHOT_CHANGES, reap: SNAPSHOT_CHANGES };

/** How a tenant limits a group: by the tag in the request for a new image, by the tag of an existing image, or, for snapshots, which have no tenant's tag, not at all. */
type Limit = "request" | "resource" | "snapshots" | null;

const GROUPS: readonly { readonly table: Table; readonly kind: Grant["kind"]; readonly limit: Limit }[] = [
  { table: ACCOUNT, kind: null, limit: null },
  { table: IMAGE_READS, kind: "image", limit: null },
  { table: IMAGE_STARTS, kind: "image", limit: "request" },
  { table: IMAGE_CHANGES, kind: "image", limit: "resource" },
  { table: SNAPSHOT_READS, kind: "snapshot", limit: null },
  { table: SNAPSHOTS, kind: "snapshot", limit: "snapshots" },
];

/**
 * The keys are RAM's for the tags in a request and the tags of a resource ("Use tags to control access to resources", documentation of the
 * Tag service, 2025-26). ECS's authorization tables list CancelTask only for all resources, so no tag can limit it.
 */
function conditionOf(limit: Limit, tenant: Tenant | undefined): Grant["condition"] {
  if (tenant === undefined || limit === null || limit === "snapshots") return null;
  return { [`acs:${limit === "request" ? "RequestTag" : "ResourceTag"}/${tenant.tagKey}`]: tenant.tagValue };
}

const mayHave = (action: string, tenant: Tenant | undefined): boolean =>
  action !== CANCEL_TASK || tenant === undefined || tenant.cancelTasks === true;
