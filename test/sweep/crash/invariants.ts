import type { EcsEmulator, TaskView } from "../../../lib/emulator";
import { START_KEY_TAG } from "../../../lib/contract/provider";
import type { Wanted } from "./scenarios";

/** What is wrong, or an empty list. */
export type Findings = string[];

/** At most one task per start resource was running at any time. */
export function neverTwice(ecs: EcsEmulator): Findings {
  const now = ecs.clock.now();
  const lives = new Map<string, { readonly from: number; readonly to: number; readonly id: string }[]>();
  for (const task of ecs.tasks) {
    const key = resourceOf(task);
    lives.set(key, [...(lives.get(key) ?? []), { from: task.createdAt, to: task.endedAt ?? now, id: task.id }]);
  }
  return [...lives].flatMap(([key, tasks]) => {
    const inOrder = tasks.sort((a, b) => a.from - b.from);
    return inOrder
      .slice(1)
      .flatMap((task, i) => (task.from < inOrder[i]!.to ? [`${task.id} ran beside ${inOrder[i]!.id} for ${key}`] : []));
  });
}

/**
 * Nothing runs, and only the images and snapshots from before the test exist.
 * @param trailLost see `snapshotsWithoutImage`
 */
export function atRest(ecs: EcsEmulator, sourceId: string, trailLost = false): Findings {
  const running = ecs.running.map(({ id, action, status }) => `${action} ${id} still runs (${status})`);
  const images = ecs.images
    .filter(({ id }) => id !== sourceId)
    .map(({ id, name, status }) => `image ${id} "${name}" is still there (${status})`);
  return [...running, ...images, ...snapshotsWithoutImage(ecs, trailLost)];
}

/**
 * Snapshots that belong to no image and that nothing deletes: ECS would bill them for ever.
 * @param trailLost the kill lost what leads to the snapshots: the state, or the plugin during its clean-up after Ctrl-C. If ECS removes the
 *   image together with the cancel, nothing names its failed snapshot then, as docs/what-happens-when.md says.
 */
function snapshotsWithoutImage(ecs: EcsEmulator, trailLost: boolean): Findings {
  const used = new Set(ecs.images.flatMap(({ disks }) => disks.map(({ snapshotId }) => snapshotId)));
  return ecs.snapshots
    .filter(({ id, deleteAcceptedAt }) => !used.has(id) && deleteAcceptedAt === undefined)
    .filter(({ status }) => !(trailLost && status === "failed"))
    .map(({ id, imageId, status }) => `snapshot ${id} of image ${imageId} is left (${status})`);
}

/** Nothing runs, and exactly the wanted images exist and are Available. */
export function asWanted(ecs: EcsEmulator, sourceId: string, wanted: Wanted, trailLost = false): Findings {
  const running = ecs.running.map(({ id, action, status }) => `${action} ${id} still runs (${status})`);
  const there = ecs.images.filter(({ id, deleteAcceptedAt }) => id !== sourceId && deleteAcceptedAt === undefined);
  const names = there
    .map(({ name, status }) => `${name} ${status}`)
    .sort()
    .join(", ");
  const expected = [...wanted.images]
    .sort()
    .map((name) => `${name} Available`)
    .join(", ");
  const images = names === expected ? [] : [`images are [${names}], wanted [${expected}]`];
  const exported = ecs.tasks.filter(({ action, outcome }) => action === "ExportImage" && outcome === "finished").length;
  const exports = wanted.exports > 0 && exported === 0 ? ["no export has finished"] : [];
  return [...running, ...images, ...exports, ...snapshotsWithoutImage(ecs, trailLost)];
}

function resourceOf({ action, region, imageId, tags }: TaskView): string {
  const key = tags[START_KEY_TAG];
  return `${action} ${region} ${key ?? imageId}`;
}
