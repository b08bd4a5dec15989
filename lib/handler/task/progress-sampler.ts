import type { LooksOptions } from "./looks";
import type { Operation } from "./operation";
import { lookAtListedImages } from "./sights";

/** How often the images are listed, in milliseconds; sooner while nothing is foretold. */
const PERIOD = 20_000;
const FIRST = 2_000;

/** A list of tasks tells no progress; that of their images does, for all of them in one call. */
export class ProgressSampler {
  private next = 0;

  constructor(private readonly options: LooksOptions) {}

  /**
   * The progress (0 to 100) of the imports among the operations, where ECS tells it; null when no sample is due. Without a
   * sample the looks are just less well timed, so one that fails is none.
   *
   * @param isForetold whether an operation's end is foretold already
   */
  async sample(
    operations: readonly Operation[],
    isForetold: (operation: Operation) => boolean,
  ): Promise<ReadonlyMap<Operation, number | undefined> | null> {
    const { gateway, region, clock, tagKey } = this.options;
    const imports = operations.filter(({ kind, imageId }) => kind === "import" && imageId !== null);
    if (imports.length < 2 || clock.now() < this.next) return null;
    const wanted = new Set(imports.map(({ imageId }) => imageId!));
    const { found } = await lookAtListedImages(gateway, region, wanted, { tag: { key: tagKey } }).catch(() => ({
      found: new Map<string, never>(),
    }));
    const oldest = Math.max(...imports.map(({ startedAt }) => clock.now() - startedAt));
    const pause = imports.every(isForetold) ? Math.max(PERIOD, oldest / 4) : Math.min(Math.max(oldest, FIRST), PERIOD);
    this.next = clock.now() + pause;
    return new Map(imports.map((operation) => [operation, found.get(operation.imageId!)?.progress]));
  }
}
