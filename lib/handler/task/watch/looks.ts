import { assess, type Sight } from "./assess";
import { since, type Clock } from "../clock";
import { coalesce } from "../calls/coalesce";
import type { EcsGateway, Image } from "../gateway";
import type { Operation } from "../operation";
import { retry, type RetryOptions } from "../calls/retry";
import { lookAtImages, lookAtListedImages, lookAtTasks, type ListedImages } from "./sights";

export interface LooksOptions {
  readonly gateway: EcsGateway;
  readonly region: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** The key of the tag that our images carry. */
  readonly tagKey: string;
}

export type LookPatience = Partial<Pick<RetryOptions, "until" | "signal" | "unreachableFor">>;

/** Waits of one read outside of a wait for an end, in milliseconds. */
const LOOK_PATIENCE = 60_000;

/** Looks at the operations and images of one region, in batches. */
export class Looks {
  private readonly lookOnce: (operation: Operation) => Promise<Sight | undefined>;
  private readonly lookAtImageOnce: (imageId: string) => Promise<Image | null | undefined>;

  constructor(private readonly options: LooksOptions) {
    const { gateway, region, tagKey, clock } = options;
    this.lookOnce = coalesce((operations) => this.atAll(operations), clock);
    this.lookAtImageOnce = coalesce((imageIds) => lookAtImages(gateway, region, imageIds, tagKey), clock);
  }

  /** One look, shared with whoever else looks just now. Passing errors are retried, by default for a minute. */
  async at(operation: Operation, patience: LookPatience = {}): Promise<Sight> {
    const { clock, random } = this.options;
    const sight = await retry(() => this.lookOnce(operation), { clock, random, until: clock.now() + LOOK_PATIENCE, ...patience });
    return sight!;
  }

  /** An image, or null when it is not there; shared likewise. */
  async atImage(imageId: string, patience: LookPatience = {}): Promise<Image | null> {
    const { clock, random } = this.options;
    return (await retry(() => this.lookAtImageOnce(imageId), { clock, random, until: clock.now() + LOOK_PATIENCE, ...patience })) ?? null;
  }

  /**
   * Looks at tasks first, then at the images that they lead to, until nothing is left undecided.
   *
   * @param seen what is known already: a task that has finished stays so, an image that is being made says that its task runs
   */
  async atAll(operations: readonly Operation[], seen: ReadonlyMap<Operation, Sight> = new Map()): Promise<Map<Operation, Sight>> {
    const { gateway, region, clock, tagKey } = this.options;
    const sights = new Map<Operation, Sight>(operations.map((operation) => [operation, seen.get(operation) ?? {}]));
    const undecided = (at: "task" | "image"): Operation[] =>
      operations.filter((operation) => {
        const assessment = assess(operation, sights.get(operation)!, since(operation.startedAt, clock));
        return assessment.state === "look" && assessment.at === at;
      });
    for (
      let tasks = undecided("task"), images = undecided("image");
      tasks.length + images.length > 0;
      tasks = undecided("task"), images = undecided("image")
    ) {
      const seenTasks = tasks.length
        ? await lookAtTasks(gateway, region, [...new Set(tasks.map((operation) => operation.taskId!))])
        : new Map();
      for (const operation of tasks) sights.set(operation, { ...sights.get(operation), task: seenTasks.get(operation.taskId!) ?? null });
      const seenImages = images.length
        ? await lookAtImages(gateway, region, [...new Set(images.map((operation) => operation.imageId!))], tagKey)
        : new Map();
      for (const operation of images)
        sights.set(operation, { ...sights.get(operation), image: seenImages.get(operation.imageId!) ?? null });
    }
    return sights;
  }

  /**
   * The listed images of operations, and how many calls that took. The list is there to save looks: one that fails has found nothing.
   */
  async atList(operations: readonly Operation[]): Promise<ListedImages> {
    const { gateway, region, tagKey } = this.options;
    const wanted = new Set(operations.flatMap(({ imageId }) => imageId ?? []));
    return lookAtListedImages(gateway, region, wanted, { tag: { key: tagKey } }).catch(() => ({ found: new Map(), pages: 1, calls: 1 }));
  }
}
