import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../../../lib/contract/resources";
import { REGION } from "../../support/e2e/bench";
import type { Wanted } from "../crash/scenarios";
import type { Declared } from "../faults/mini-terraform";

/**
 * What happens during the run with slow calls:
 * - `create`, `destroy`: nothing else
 * - `timeout`: the completion times out long before the task ends
 * - `interrupt`: Ctrl-C soon after the call that starts or cancels
 * - `kill`: Terraform dies then, and the state of the operation is lost
 */
export type Event = "create" | "destroy" | "timeout" | "interrupt" | "kill" | "destroy, interrupted" | "destroy, killed";

export interface SlowScenario {
  readonly name: string;
  readonly event: Event;
  readonly config: (sourceId: string) => readonly Declared[];
  /** The configuration of the apply afterwards, with enough time. */
  readonly later: (sourceId: string) => readonly Declared[];
  readonly command: "apply" | "destroy";
  /** How long the slow run's tasks take (ms). */
  readonly duration: number;
  /** The calls that it makes. */
  readonly actions: readonly string[];
  readonly wanted: Wanted;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

interface Kind {
  readonly start: (sourceId: string) => Declared;
  /** The actions that search for a lost start, start, cancel, poll and remove the image. */
  readonly calls: {
    readonly find: string;
    readonly start: string;
    readonly cancel: string;
    readonly look: string;
    readonly remove?: string;
  };
  readonly wanted: Wanted;
}

const disk = { oss_bucket: "images", oss_object: "web.qcow2", format: "QCOW2", disk_image_size: null, device: null };
const timeouts = { create: null, delete: "20m" };

const KINDS: { readonly [kind: string]: Kind } = {
  import: {
    start: () => ({ address: "import.web", type: IMPORT_TYPE, values: { image_name: "web", disk_device_mapping: [disk], timeouts } }),
    calls: {
      find: "DescribeImages",
      start: "ImportImage",
      cancel: "CancelTask",
      look: "DescribeTaskAttribute",
      remove: "DeleteImage",
    },
    wanted: { images: ["web"], exports: 0 },
  },
  export: {
    start: (id) => ({
      address: "export.out",
      type: EXPORT_TYPE,
      values: { image_id: id, oss_bucket: "exports", oss_prefix: "out", timeouts },
    }),
    calls: { find: "DescribeTasks", start: "ExportImage", cancel: "CancelTask", look: "DescribeTaskAttribute" },
    wanted: { images: [], exports: 1 },
  },
  copy: {
    start: (id) => ({
      address: "copy.far",
      type: COPY_TYPE,
      values: { image_id: id, source_region: REGION, region: "cn-beijing", image_name: "far", timeouts },
    }),
    calls: { find: "DescribeImages", start: "CopyImage", cancel: "CancelCopyImage", look: "DescribeImages", remove: "DeleteImage" },
    wanted: { images: ["far"], exports: 0 },
  },
};

const completed = (start: Declared, create: string): readonly Declared[] => [
  start,
  {
    address: "completion",
    type: COMPLETION_TYPE,
    values: { timeouts: { create, delete: null } },
    refersTo: { argument: "operation_id", address: start.address },
  },
];

export const SLOW_SCENARIOS: readonly SlowScenario[] = Object.entries(KINDS).flatMap(([kind, { start, calls, wanted }]) => {
  const { find, start: begin, cancel, look, remove } = calls;
  const ends = [cancel, look, ...(remove ? [remove] : [])];
  const scenario = (event: Event, actions: readonly string[], over: Partial<SlowScenario> = {}): SlowScenario => ({
    name: `${event}: ${kind}`,
    event,
    config: (id) => completed(start(id), event === "timeout" ? "6s" : "2h"),
    later: (id) => completed(start(id), "2h"),
    command: event.startsWith("destroy") ? "destroy" : "apply",
    duration: HOUR,
    actions: [...new Set(actions)],
    wanted,
    ...over,
  });
  return [
    scenario("create", [find, begin, look], { duration: 3 * SECOND }),
    scenario("destroy", [find, ...ends]),
    scenario("timeout", [begin, ...ends]),
    scenario("interrupt", [find, begin, ...ends]),
    scenario("kill", [find, begin, ...ends]),
    scenario("destroy, interrupted", ends),
    scenario("destroy, killed", ends),
  ];
});
