import { EXPORT_TAG, START_KEY_TAG } from "../../contract/provider";
import { hasEnded, isBeingMade, isBroken } from "../task/watch/assess";
import type { Clock } from "../task/clock";
import type { EcsGateway, Image, ImageQuery, Page, Task, TaskQuery } from "../task/gateway";
import { TASK_ACTION, type Operation, type OperationKind } from "../task/operation";
import { retry } from "../task/calls/retry";
import { allPages, BATCH } from "../task/watch/fetch";
import { parseEcsTime } from "../task/parse-ecs-time";
import { attributionOf, attributionOfExport, type Attribution } from "./attribution";

/** An import, export or copy as ECS lists it, and who started it. */
export interface ListedOperation extends Attribution {
  readonly operation: Operation;
  /** The image's name; for an export, that of the exported image. */
  readonly name: string | null;
  /** ECS's own status. */
  readonly status: string;
  /** `leftover`: it has ended and left an image that will never be usable. */
  readonly state: "running" | "ended" | "leftover";
  /** 0 to 100. */
  readonly progress: number | null;
  /** Null if ECS does not return it. */
  readonly startedAt: number | null;
}

export interface ListRegionDeps {
  readonly gateway: Pick<EcsGateway, "describeTasks" | "describeImages">;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface ListedRegion {
  /** All tasks that ECS lists, including those for disks and instances. */
  readonly tasks: readonly Task[];
  readonly operations: readonly ListedOperation[];
}

/**
 * Lists the imports, exports and copies of a region: the tasks that ECS lists, whoever started them, and the images with our tag that
 * have no task. Those are copies, and imports whose task record has expired.
 *
 * @param until the time on the clock after which no attempt begins
 * @param query filters the tasks; an import whose task it excludes is listed by its image alone
 */
export async function listRegion(
  region: string,
  { gateway, clock, random }: ListRegionDeps,
  until: number,
  query: TaskQuery = {},
): Promise<ListedRegion> {
  const patience = { clock, random, until };
  const imagesOf = (tag: ImageQuery["tag"], page: number, pageSize: number): Promise<Page<Image>> =>
    retry(() => gateway.describeImages(region, { tag, page, pageSize }), patience);
  const tagged = (key: string): Promise<Image[]> => allPages((page, size) => imagesOf({ key }, page, size), clock);

  const tasks = await allPages(
    (page, pageSize) => retry(() => gateway.describeTasks(region, { ...query, page, pageSize }), patience),
    clock,
  );
  if (!tasks.some(isRunningExport)) return { tasks, operations: combine(region, tasks, await tagged(START_KEY_TAG)) };
  // An export's mark is a tag of the exported image, which may lack our other tags. If all images fit on one page, that page shows all marks.
  const { items, total } = await imagesOf(undefined, 1, BATCH);
  if (total <= items.length) return { tasks, operations: combine(region, tasks, items.filter(isOurs), items) };
  const [made, marked] = await both(tagged(START_KEY_TAG), tagged(EXPORT_TAG));
  return { tasks, operations: combine(region, tasks, made, [...items, ...marked]) };
}

const isRunningExport = (task: Task): boolean => task.action === TASK_ACTION.export && !hasEnded(task);
const isOurs = ({ tags }: Image): boolean => Object.hasOwn(tags, START_KEY_TAG);

/**
 * Combines tasks and images into operations.
 *
 * @param images those with our tag
 * @param others further images, which only add details to tasks
 */
export function combine(
  region: string,
  tasks: readonly Task[],
  images: readonly Image[],
  others: readonly Image[] = [],
): ListedOperation[] {
  const byId = new Map([...others, ...images].map((image) => [image.imageId, image]));
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

/** ECS says whether an image was copied. If it does not, an image with a disk from OSS was imported. */
function kindOf({ isCopied, disks }: Image): OperationKind {
  if (isCopied === true) return "copy";
  return isCopied === false || disks.some(({ ossObject }) => ossObject !== undefined) ? "import" : "copy";
}

function timeOf(text: string | undefined): number | null {
  const time = parseEcsTime(text, Number.NaN);
  return Number.isNaN(time) ? null : time;
}

/** Resolves with both results. Rejects only after both calls have ended, so that none is left in progress. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
