import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../../../lib/contract/resources";
import type { ValueObject } from "../../../lib/contract/values";
import { REGION } from "../../support/e2e/bench";
import type { Wanted } from "../crash/scenarios";
import type { Declared } from "./mini-terraform";

export interface FaultScenario {
  readonly name: string;
  /** Applied first, without faults. */
  readonly before?: (sourceId: string) => readonly Declared[];
  /** Applied with faults, unless the command is destroy, and afterwards without. */
  readonly config: (sourceId: string) => readonly Declared[];
  readonly command: "apply" | "destroy";
  /** How many minutes the run may take at most: the time limits of its steps, a poll of a minute, and a clean-up of two. */
  readonly limit: number;
  /** Whether it succeeds without faults. */
  readonly succeeds: boolean;
  /** How long tasks take in the run with faults (ms). Afterwards they take a minute. */
  readonly duration: number;
  /** When the run with faults is interrupted, in milliseconds after its start. */
  readonly interruptAfter?: number;
  readonly wanted: Wanted;
}

const MINUTE = 60_000;
const HOURS = 60 * MINUTE;

const disk = { oss_bucket: "images", oss_object: "web.qcow2", format: "QCOW2", disk_image_size: null, device: null };

const anImport = (over: ValueObject = {}): Declared => ({
  address: "import.web",
  type: IMPORT_TYPE,
  values: { image_name: "web", disk_device_mapping: [disk], timeouts: { create: null, delete: "20m" }, ...over },
});
const anExport = (sourceId: string): Declared => ({
  address: "export.out",
  type: EXPORT_TYPE,
  values: { stack: "exports", image_id: sourceId, oss_bucket: "exports", oss_prefix: "out", timeouts: { create: null, delete: "20m" } },
});
const aCopy = (sourceId: string, over: ValueObject = {}): Declared => ({
  address: "copy.far",
  type: COPY_TYPE,
  values: {
    image_id: sourceId,
    source_region: REGION,
    region: "cn-beijing",
    image_name: "far",
    timeouts: { create: null, delete: "20m" },
    ...over,
  },
});

const completed = (start: Declared, create = "2h"): readonly Declared[] => [
  start,
  {
    address: "completion",
    type: COMPLETION_TYPE,
    values: { timeouts: { create, delete: null } },
    refersTo: { argument: "operation_id", address: start.address },
  },
];

/** With create_before_destroy. */
const first = (configuration: readonly Declared[]): readonly Declared[] =>
  configuration.map((declared) => ({ ...declared, createBeforeDestroy: true }));

const web: Wanted = { images: ["web"], exports: 0 };
const out: Wanted = { images: [], exports: 1 };
const far: Wanted = { images: ["far"], exports: 0 };

export const FAULT_SCENARIOS: readonly FaultScenario[] = [
  {
    name: "apply: import",
    config: () => completed(anImport()),
    command: "apply",
    duration: MINUTE,
    limit: 133,
    succeeds: true,
    wanted: web,
  },
  {
    name: "apply: export",
    config: (id) => completed(anExport(id)),
    command: "apply",
    duration: MINUTE,
    limit: 133,
    succeeds: true,
    wanted: out,
  },
  {
    name: "apply: copy",
    config: (id) => completed(aCopy(id)),
    command: "apply",
    duration: MINUTE,
    limit: 133,
    succeeds: true,
    wanted: far,
  },
  {
    name: "destroy: import that runs",
    before: () => [anImport()],
    config: () => completed(anImport()),
    command: "destroy",
    duration: 3 * HOURS,
    limit: 23,
    succeeds: true,
    wanted: web,
  },
  {
    name: "destroy: export that runs",
    before: (id) => [anExport(id)],
    config: (id) => completed(anExport(id)),
    command: "destroy",
    duration: 3 * HOURS,
    limit: 23,
    succeeds: true,
    wanted: out,
  },
  {
    name: "destroy: copy that runs",
    before: (id) => [aCopy(id)],
    config: (id) => completed(aCopy(id)),
    command: "destroy",
    duration: 3 * HOURS,
    limit: 23,
    succeeds: true,
    wanted: far,
  },
  {
    name: "destroy: done",
    before: () => completed(anImport()),
    config: () => completed(anImport()),
    command: "destroy",
    duration: MINUTE,
    limit: 23,
    succeeds: true,
    wanted: web,
  },
  {
    name: "replace: import that is done",
    before: () => completed(anImport()),
    config: () => completed(anImport({ architecture: "x86_64" })),
    command: "apply",
    duration: MINUTE,
    limit: 153,
    succeeds: true,
    wanted: web,
  },
  {
    name: "replace, the new one first: import that is done",
    before: () => first(completed(anImport({ start_key: "images/web", image_name: "web-1" }))),
    config: () => first(completed(anImport({ start_key: "images/web", architecture: "x86_64" }))),
    command: "apply",
    duration: MINUTE,
    limit: 153,
    succeeds: true,
    wanted: web,
  },
  {
    name: "replace, the new one first: copy that is done",
    before: (id) => first(completed(aCopy(id, { start_key: "images/far", image_name: "far-1" }))),
    config: (id) => first(completed(aCopy(id, { start_key: "images/far", encrypted: true }))),
    command: "apply",
    duration: MINUTE,
    limit: 153,
    succeeds: true,
    wanted: far,
  },
  {
    name: "update in place: import",
    before: () => completed(anImport({ tags: { a: "1", b: "2" } })),
    config: () => completed(anImport({ description: "changed", tags: { a: "3" } })),
    command: "apply",
    duration: MINUTE,
    limit: 133,
    succeeds: true,
    wanted: web,
  },
  {
    name: "update in place: copy",
    before: (id) => completed(aCopy(id, { tags: { a: "1", b: "2" } })),
    config: (id) => completed(aCopy(id, { description: "changed", tags: { a: "3" } })),
    command: "apply",
    duration: MINUTE,
    limit: 133,
    succeeds: true,
    wanted: far,
  },
  {
    name: "timeout: import",
    config: () => completed(anImport(), "5m"),
    command: "apply",
    duration: 3 * HOURS,
    limit: 20,
    succeeds: false,
    wanted: web,
  },
  {
    name: "timeout: export",
    config: (id) => completed(anExport(id), "5m"),
    command: "apply",
    duration: 3 * HOURS,
    limit: 20,
    succeeds: false,
    wanted: out,
  },
  {
    name: "interrupt: import",
    config: () => completed(anImport()),
    command: "apply",
    duration: 3 * HOURS,
    interruptAfter: 30_000,
    limit: 14,
    succeeds: false,
    wanted: web,
  },
  {
    name: "interrupt: copy",
    config: (id) => completed(aCopy(id)),
    command: "apply",
    duration: 3 * HOURS,
    interruptAfter: 30_000,
    limit: 14,
    succeeds: false,
    wanted: far,
  },
];
