import { assess, type Observation } from "./assess";
import { since, type Clock } from "../clock";
import { coalesce } from "../calls/coalesce";
import type { EcsGateway, Image } from "../gateway";
import type { Operation } from "../operation";
import { retry, type RetryOptions } from "../calls/retry";
import { fetchImages, fetchListedImages, fetchTasks, type ListedImages } from "./fetch";

export interface PollerOptions {
  readonly gateway: EcsGateway;
  readonly region: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** The key of the tag that our images carry. */
  readonly tagKey: string;
}

export type PollPatience = Partial<Pick<RetryOptions, "until" | "signal" | "unreachableFor">>;

/** How long a read is retried by default, in milliseconds. */
const READ_PATIENCE = 60_000;

/** Polls the operations and images of one region, in batches. */
export class Poller {
  private readonly pollOnce: (operation: Operation) => Promise<Observation | undefined>;
  private readonly fetchImageOnce: (imageId: string) => Promise<Image | null | undefined>;

  constructor(private readonly options: PollerOptions) {
    const { gateway, region, tagKey, clock } = options;
    this.pollOnce = coalesce((operations) => this.pollAll(operations), clock);
    this.fetchImageOnce = coalesce((imageIds) => fetchImages(gateway, region, imageIds, tagKey), clock);
  }

  /** Polls an operation once; callers of the same moment share the call. Temporary errors are retried, by default for a minute. */
  async poll(operation: Operation, patience: PollPatience = {}): Promise<Observation> {
    const { clock, random } = this.options;
    const observation = await retry(() => this.pollOnce(operation), { clock, random, until: clock.now() + READ_PATIENCE, ...patience });
    return observation!;
  }

  /** Fetches an image, or null if it does not exist; shared in the same way. */
  async fetchImage(imageId: string, patience: PollPatience = {}): Promise<Image | null> {
    const { clock, random } = this.options;
    return (await retry(() => this.fetchImageOnce(imageId), { clock, random, until: clock.now() + READ_PATIENCE, ...patience })) ?? null;
  }

  /**
   * Polls tasks first, then the images of those that ended, until every operation is decided.
   *
   * @param seen what is already known: a finished task stays finished, and an image that is being made has a running task
   */
  async pollAll(
    operations: readonly Operation[],
    seen: ReadonlyMap<Operation, Observation> = new Map(),
  ): Promise<Map<Operation, Observation>> {
    const { gateway, region, clock, tagKey } = this.options;
    const observations = new Map<Operation, Observation>(operations.map((operation) => [operation, seen.get(operation) ?? {}]));
    const undecided = (what: "task" | "image"): Operation[] =>
      operations.filter((operation) => {
        const assessment = assess(operation, observations.get(operation)!, since(operation.startedAt, clock));
        return assessment.state === "undecided" && assessment.needs === what;
      });
    for (
      let tasks = undecided("task"), images = undecided("image");
      tasks.length + images.length > 0;
      tasks = undecided("task"), images = undecided("image")
    ) {
      const seenTasks = tasks.length
        ? await fetchTasks(gateway, region, [...new Set(tasks.map((operation) => operation.taskId!))])
        : new Map();
      for (const operation of tasks)
        observations.set(operation, { ...observations.get(operation), task: seenTasks.get(operation.taskId!) ?? null });
      const seenImages = images.length
        ? await fetchImages(gateway, region, [...new Set(images.map((operation) => operation.imageId!))], tagKey)
        : new Map();
      for (const operation of images)
        observations.set(operation, { ...observations.get(operation), image: seenImages.get(operation.imageId!) ?? null });
    }
    return observations;
  }

  /**
   * The listed images of operations, and how many calls that took. The list only saves polls, so a failed one counts as empty.
   *
   * @param onPage called with the images of each page as it arrives
   */
  async listImages(operations: readonly Operation[], onPage: (images: readonly Image[]) => void): Promise<ListedImages> {
    const { gateway, region, tagKey } = this.options;
    const wanted = new Set(operations.flatMap(({ imageId }) => imageId ?? []));
    return fetchListedImages(gateway, region, wanted, { tag: { key: tagKey } }, onPage).catch(() => ({
      found: new Map(),
      pages: 1,
      calls: 1,
    }));
  }
}
