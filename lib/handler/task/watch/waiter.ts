import type { Clock } from "../clock";
import { since } from "../clock";
import type { Image, Task } from "../gateway";
import { formatOperationId, type Operation } from "../operation";
import { hasEnded, isMade, type Observation } from "./assess";
import { forecast } from "./cadence";
import { progressOf, type Progress } from "./progress";

/** An operation that is being waited for, and what its polls have found. */
export class Waiter {
  /** The operation's id. */
  readonly key: string;
  /** When it began, on the clock, so that a change of the machine's date does not change its age. */
  readonly begun: number;
  status = "";
  /** The end, as forecast from its progress. */
  expectedEnd?: number;
  /** The task as last polled, and when it was last known to be running. */
  task?: Task;
  taskSeenAt?: number;
  /** When a poll first found the image made. */
  madeAt?: number;
  /** In per cent, and when ECS returned it. */
  private percent?: number;
  private percentAt: number;
  /** The image's progress in per cent. */
  private imagePercent?: number;

  constructor(
    readonly operation: Operation,
    private readonly clock: Clock,
    public nextAt: number,
  ) {
    this.key = formatOperationId(operation);
    this.begun = clock.now() - since(operation.startedAt, clock);
    this.percentAt = clock.now();
  }

  /** Milliseconds since its start. */
  get age(): number {
    return this.clock.now() - this.begun;
  }

  /** True if the task has ended and only its image, which follows in moments, is awaited. */
  get onlyNeedsItsImage(): boolean {
    return this.madeAt !== undefined || (this.task !== undefined && hasEnded(this.task));
  }

  get progress(): Progress {
    return progressOf(this.status, this.percent, this.age);
  }

  /** Whether the progress has to be polled separately: for an export, only DescribeTaskAttribute returns it. */
  needsProgressPoll(period: number): boolean {
    return this.operation.kind === "export" && this.operation.taskId !== null && this.clock.now() - this.percentAt >= period;
  }

  /** Records its image from a list of images. */
  sawListed(image: Image): void {
    this.sawPercent(image.progress);
    // If the image's progress rose, the task is still running.
    if (image.progress !== undefined && image.progress > (this.imagePercent ?? 100)) this.taskSeenAt = this.clock.now();
    this.imagePercent = image.progress;
  }

  sawImage(image: Image | null | undefined): void {
    if (image && isMade(image)) this.madeAt ??= this.clock.now();
  }

  /** Records a poll that found it running. */
  sawRunning(status: string, { task, image }: Observation): void {
    this.status = status;
    if (task && task !== this.task) this.taskSeenAt = this.clock.now();
    if (task) this.task = task;
    this.sawPercent(image?.progress ?? task?.progress);
  }

  /** @param percent undefined if ECS does not return it */
  sawPercent(percent: number | undefined, asked = false): void {
    if (percent === undefined && !asked) return;
    this.percentAt = this.clock.now();
    if (percent === undefined) return;
    this.percent = percent;
    const remaining = forecast(this.age, percent);
    if (remaining !== undefined) this.expectedEnd = this.clock.now() + remaining;
  }
}
