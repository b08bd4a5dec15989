import { EXPORT_TAG, START_KEY_TAG } from "../../contract/provider";
import { hasEnded, isBeingMade, isBroken } from "../task/watch/assess";
import type { Clock } from "../task/clock";
import type { EcsGateway, Image, Task } from "../task/gateway";
import { TASK_ACTION, type Operation, type OperationKind } from "../task/operation";
import { retry } from "../task/calls/retry";
import { allPages } from "../task/watch/fetch";
import { parseEcsTime } from "../task/ecs-time";
import { attributionOf, attributionOfExport, type Attribution } from "./attribution";

/** An import, export or copy as a list of ECS's shows it, with whose it is. */
export interface ListedOperation extends Attribution {
  readonly operation: Operation;
  /** The image's name: of an export, the exported image's. */
  readonly name: string | null;
  /** ECS's own word. */
  readonly status: string;
  /** `leftover`: it has ended, and the image that it left will never be usable. */
  readonly state: "running" | "ended" | "leftover";
  /** 0 to 100. */
  readonly progress: number | null;
  /** Null where ECS does not say. */
  readonly startedAt: number | null;
}

export interface ListRegionDeps {
  readonly gateway: Pick<EcsGateway, "describeTasks" | "describeImages">;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * The imports, exports and copies of a region: the tasks that ECS lists, whoever started them, and the images that bear our tag
 * and have no task, which are copies, and imports whose record has expired.
 *
 * @param until the time on the clock after which no attempt begins
 */
export async function listRegion(region: string, { gateway, clock, random }: ListRegionDeps, until: number): Promise<ListedOperation[]> {
  const patience = { clock, random, until };
  const tagged = (key: string): Promise<Image[]> =>
    allPages((page, pageSize) => retry(() => gateway.describeImages(region, { tag: { key }, page, pageSize }), patience), clock);
  const [tasks, images] = await both(
    allPages((page, pageSize) => retry(() => gateway.describeTasks(region, { page, pageSize }), patience), clock),
    tagged(START_KEY_TAG),
  );
  const listed = combine(region, tasks, images);
  // An export of an image that somebody else made bears its mark there.
  const known = new Set(images.map(({ imageId }) => imageId));
  if (!listed.some(({ operation, state }) => operation.kind === "export" && state === "running" && !known.has(operation.imageId ?? "")))
    return listed;
  const marked = (await tagged(EXPORT_TAG)).filter(({ imageId }) => !known.has(imageId));
  return combine(region, tasks, images, marked);
}

/**
 * What tasks and images come to together.
 *
 * @param images those that bear our tag
 * @param others more images, which tell of tasks alone
 */
export function combine(
  region: string,
  tasks: readonly Task[],
  images: readonly Image[],
  others: readonly Image[] = [],
): ListedOperation[] {
  const byId = new Map([...images, ...others].map((image) => [image.imageId, image]));
  const ofTasks = tasks.flatMap((task) => {
    const kind = KINDS.find((known) => TASK_ACTION[known] === task.action);
    return kind && task.taskId !== "" ? [fromTask(region, kind, task, byId.get(task.resourceId ?? ""))] : [];
  });
  const imported = new Set(ofTasks.flatMap(({ operation }) => (operation.kind === "import" ? [operation.imageId] : [])));
  return [...ofTasks, ...images.filter(({ imageId }) => !imported.has(imageId)).map((image) => fromImage(region, image))];
}

const KINDS: readonly OperationKind[] = ["import", "export"];

function fromTask(region: string, kind: OperationKind, task: Task, image: Image | undefined): ListedOperation {
  const startedAt = timeOf(task.creationTime);
  const ended = hasEnded(task);
  const isLeftover = ended && kind === "import" && image !== undefined && isBroken(image);
  return {
    operation: { kind, region, taskId: task.taskId, imageId: task.resourceId ?? null, startedAt: startedAt ?? 0 },
    name: image?.name ?? null,
    status: isLeftover ? image.status : task.status,
    state: isLeftover ? "leftover" : ended ? "ended" : "running",
    progress: task.progress ?? (kind === "import" ? image?.progress : undefined) ?? null,
    startedAt,
    ...(kind === "import" ? attributionOf(image?.tags ?? {}) : attributionOfExport(image?.tags ?? {}, task.taskId)),
  };
}

function fromImage(region: string, image: Image): ListedOperation {
  const startedAt = timeOf(image.creationTime);
  return {
    operation: { kind: kindOf(image), region, taskId: null, imageId: image.imageId, startedAt: startedAt ?? 0 },
    name: image.name ?? null,
    status: image.status,
    state: isBeingMade(image) ? "running" : isBroken(image) ? "leftover" : "ended",
    progress: image.progress ?? null,
    startedAt,
    ...attributionOf(image.tags),
  };
}

/** ECS says of an image whether it was copied; where it does not, a disk that came from OSS was imported. */
function kindOf({ isCopied, disks }: Image): OperationKind {
  if (isCopied === true) return "copy";
  return isCopied === false || disks.some(({ ossObject }) => ossObject !== undefined) ? "import" : "copy";
}

function timeOf(text: string | undefined): number | null {
  const time = parseEcsTime(text, Number.NaN);
  return Number.isNaN(time) ? null : time;
}

/** Both, or the first failure, once both are over: nothing is under way afterwards. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
