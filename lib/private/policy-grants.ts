type Operation = "import" | "export" | "copy" | "tasks" | "list" | "reap";

/** Whose images the rights are for. */
interface Tenant {
  readonly tagKey: string;
  readonly tagValue: string;
  readonly cancelTasks?: boolean;
  readonly deleteSnapshots?: boolean;
}

/** An operation that somebody does. */
export interface Use {
  readonly operation: Operation;
  /** Null: not known at synth. */
  readonly regions: readonly string[] | null;
}

/** Actions that are granted alike. */
export interface Grant {
  readonly actions: readonly string[];
  /** Of which resources; null: RAM grants them for the whole account alone. */
  readonly kind: "image" | "snapshot" | null;
  readonly condition: { readonly [key: string]: string } | null;
  /** The operations that need them. */
  readonly uses: readonly Use[];
}

/** What the operations need; of what is granted alike, all at once. */
export function grantsOf(uses: readonly Use[], tenant?: Tenant): Grant[] {
  const alike = new Map<string, Grant>();
  for (const { table, kind, limit } of GROUPS) {
    if (limit === "snapshots" && tenant && tenant.deleteSnapshots !== true) continue;
    const needed = uses.filter(({ operation }) => table[operation] !== undefined);
    const actions = needed.flatMap(({ operation }) => table[operation]!).filter((action) => mayHave(action, tenant));
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

/** The provider itself compares a task with what it started before it cancels it. */
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
/** The snapshots behind an image go with it. */
const SNAPSHOT_READS: Table = { import: ["ecs:DescribeSnapshots"], copy: ["ecs:DescribeSnapshots"], reap: ["ecs:DescribeSnapshots"] };
const SNAPSHOTS: Table = { import: SNAPSHOT_CHANGES, copy: SNAPSHOT_CHANGES, reap: SNAPSHOT_CHANGES };

/** What is limited to a tenant: a new image, one that is there, or snapshots, which bear no tag of anybody's. */
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
 * The keys are RAM's for tags of a call and of what it works on ("Use tags to control access to resources", documentation of the Tag
 * service, 2025-26). ECS's authorization tables have CancelTask for all resources alone, so no tag can narrow it.
 */
function conditionOf(limit: Limit, tenant: Tenant | undefined): Grant["condition"] {
  if (tenant === undefined || limit === null || limit === "snapshots") return null;
  return { [`acs:${limit === "request" ? "RequestTag" : "ResourceTag"}/${tenant.tagKey}`]: tenant.tagValue };
}

const mayHave = (action: string, tenant: Tenant | undefined): boolean =>
  action !== CANCEL_TASK || tenant === undefined || tenant.cancelTasks === true;
