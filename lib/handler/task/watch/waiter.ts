import type { Clock } from "../clock";
import { since } from "../clock";
import type { Image, Task } from "../gateway";
import type { Operation } from "../operation";
import { hasEnded, isMade, type Observation } from "./assess";
import { forecast } from "./cadence";
import { progressOf, type Progress } from "./progress";

/** An operation whose end is waited for, and what the looks at it have shown. */
export class Waiter {
  /** When it began, on the clock: a change of the machine's date meanwhile is no change of its age. */
  readonly begun: number;
  status = "";
  /** When progress foretells the end. */
  expectedEnd?: number;
  /** The task as it was last seen, and when it was known to go on. */
  task?: Task;
  taskSeenAt?: number;
  /** When the image was first seen made. */
  madeAt?: number;
  /** In per cent, and when ECS told it. */
  private percent?: number;
  private percentAt: number;
  /** Of the image, in per cent. */
  private imagePercent?: number;

  constructor(
    readonly operation: Operation,
    private readonly clock: Clock,
    public nextAt: number,
  ) {
    this.begun = clock.now() - since(operation.startedAt, clock);
    this.percentAt = clock.now();
  }

  /** Milliseconds since its start. */
  get age(): number {
    return this.clock.now() - this.begun;
  }

  /** Only the image is missing, which follows in moments. */
  get onlyNeedsItsImage(): boolean {
    return this.madeAt !== undefined || (this.task !== undefined && hasEnded(this.task));
  }

  get progress(): Progress {
    return progressOf(this.status, this.percent, this.age);
  }

  /** Whether ECS has to be asked how far it is: only a look at an export's task itself tells. */
  isSilent(period: number): boolean {
    return this.operation.kind === "export" && this.operation.taskId !== null && this.clock.now() - this.percentAt >= period;
  }

  /** Its image in a list of images. */
  sawListed(image: Image): void {
    this.sawPercent(image.progress);
    // If the image's progress rose, the task is still running.
    if (image.progress !== undefined && image.progress > (this.imagePercent ?? 100)) this.taskSeenAt = this.clock.now();
    this.imagePercent = image.progress;
  }

  sawImage(image: Image | null | undefined): void {
    if (image && isMade(image)) this.madeAt ??= this.clock.now();
  }

  /** A look that shows it running. */
  sawRunning(status: string, { task, image }: Observation): void {
    this.status = status;
    if (task && task !== this.task) this.taskSeenAt = this.clock.now();
    if (task) this.task = task;
    this.sawPercent(image?.progress ?? task?.progress);
  }

  /** @param percent undefined where ECS does not tell: it was asked all the same */
  sawPercent(percent: number | undefined, asked = false): void {
    if (percent === undefined && !asked) return;
    this.percentAt = this.clock.now();
    if (percent === undefined) return;
    this.percent = percent;
    const remaining = forecast(this.age, percent);
    if (remaining !== undefined) this.expectedEnd = this.clock.now() + remaining;
  }
}
