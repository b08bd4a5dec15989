import { toMilliseconds } from "../values/duration";
import { EmulatorError } from "../values/emulator-error";
import { type Pattern, matches } from "../values/matcher";

/** What is to become of certain tasks; the first rule that matches a new task decides. */
export interface TaskRule {
  /** `ImportImage`, `ExportImage` or `CopyImage`. Default: each. */
  readonly action?: Pattern;
  readonly region?: Pattern;
  /** The key of one of an import's OSS objects, or an export's prefix. */
  readonly object?: Pattern;
  readonly imageName?: Pattern;
  /** The image that is exported or copied. */
  readonly imageId?: Pattern;
  /** How many tasks it applies to. Default: all. */
  readonly times?: number;
  /** How long they run; milliseconds or a text such as `"90s"`. Default: the emulator's taskDuration. */
  readonly duration?: number | string;
  /** They fail when this part of them is done (`at`, 0 to 1, default 0.5). */
  readonly fail?: { readonly code: string; readonly message?: string; readonly at?: number };
  /** False: CancelTask is refused with InvalidTaskId.TaskActionNotSupport, CancelCopyImage with CancelNotSupported. Default true. */
  readonly supportCancel?: boolean;
  /** True: CancelTask is refused with CancelTaskFailed. Default false. */
  readonly cancelFails?: boolean;
}

/** A task about to start, as rules see it. */
export interface TaskRequest {
  readonly action: string;
  readonly region: string;
  readonly objects: readonly string[];
  readonly imageName: string;
  readonly imageId: string;
}

/** The rules for tasks to come. */
export class TaskRules {
  private readonly entries: { id: number; rule: TaskRule; used: number }[] = [];
  private lastId = 0;

  /** Adds a rule and returns its id. */
  add(rule: TaskRule): number {
    if (rule.duration !== undefined) toMilliseconds(rule.duration, "duration");
    if (rule.fail?.at !== undefined && !(rule.fail.at >= 0 && rule.fail.at <= 1))
      throw new RangeError(`fail.at is a part between 0 and 1, and not ${rule.fail.at}.`);
    if (rule.fail && typeof rule.fail.code !== "string")
      throw new EmulatorError("A task rule's fail needs a code, which OperationProgressSet then shows as ErrorCode.");
    this.entries.push({ id: ++this.lastId, rule, used: 0 });
    return this.lastId;
  }

  remove(id: number): boolean {
    const index = this.entries.findIndex((entry) => entry.id === id);
    if (index >= 0) this.entries.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.entries.length = 0;
  }

  list(): readonly (TaskRule & { readonly id: number; readonly used: number })[] {
    return this.entries.map(({ id, rule, used }) => ({ ...rule, id, used }));
  }

  /** The rule for this task, counted as used. */
  take(request: TaskRequest): TaskRule | undefined {
    const entry = this.entries.find(({ rule, used }) => used < (rule.times ?? Infinity) && applies(rule, request));
    if (entry) entry.used++;
    return entry?.rule;
  }
}

function applies(rule: TaskRule, request: TaskRequest): boolean {
  if (rule.action !== undefined && !matches(rule.action, request.action)) return false;
  if (rule.region !== undefined && !matches(rule.region, request.region)) return false;
  if (rule.imageName !== undefined && !matches(rule.imageName, request.imageName)) return false;
  if (rule.imageId !== undefined && !matches(rule.imageId, request.imageId)) return false;
  return rule.object === undefined || request.objects.some((object) => matches(rule.object!, object));
}
