import { toMilliseconds } from "../values/duration";
import { EmulatorError } from "../values/emulator-error";
import { type Pattern, matches } from "../values/matcher";
import { RuleList } from "../values/rule-list";

/** Decides how the new tasks that match it run. If several rules match a task, the first one applies. */
export interface TaskRule {
  /** `ImportImage`, `ExportImage` or `CopyImage`. Default: all. */
  readonly action?: Pattern;
  readonly region?: Pattern;
  /** The key of any OSS object of an import, or the OSSPrefix of an export. */
  readonly object?: Pattern;
  readonly imageName?: Pattern;
  /** The image that the task exports or copies. */
  readonly imageId?: Pattern;
  /** The number of tasks that the rule applies to. Default: all. */
  readonly times?: number;
  /** How long the tasks run, in milliseconds or as a string such as `"90s"`. Default: the emulator's taskDuration. */
  readonly duration?: number | string;
  /** Makes the tasks fail when their progress reaches `at` (0 to 1, default 0.5). */
  readonly fail?: { readonly code: string; readonly message?: string; readonly at?: number };
  /** False: CancelTask answers InvalidTaskId.TaskActionNotSupport, and CancelCopyImage answers CancelNotSupported. Default true. */
  readonly supportCancel?: boolean;
  /** True: CancelTask answers CancelTaskFailed. Default false. */
  readonly cancelFails?: boolean;
}

/** The properties of a new task that rules match. */
export interface TaskRequest {
  readonly action: string;
  readonly region: string;
  readonly objects: readonly string[];
  readonly imageName: string;
  readonly imageId: string;
}

/** The rules for new tasks. */
export class TaskRules {
  private readonly rules = new RuleList<TaskRule>();

  /** Adds a rule and returns its id. */
  add(rule: TaskRule): number {
    if (rule.duration !== undefined) toMilliseconds(rule.duration, "duration");
    if (rule.fail?.at !== undefined && !(rule.fail.at >= 0 && rule.fail.at <= 1))
      throw new RangeError(`The task rule's fail.at is ${rule.fail.at}. Allowed: 0 to 1.`);
    if (rule.fail && typeof rule.fail.code !== "string")
      throw new EmulatorError(
        "The task rule's fail has no code. Set fail.code, the ErrorCode that DescribeTaskAttribute shows in OperationProgressSet.",
      );
    return this.rules.add(rule);
  }

  remove(id: number): boolean {
    return this.rules.remove(id);
  }

  clear(): void {
    this.rules.clear();
  }

  list(): readonly (TaskRule & { readonly id: number; readonly used: number })[] {
    return this.rules.entries.map(({ id, rule, used }) => ({ ...rule, id, used }));
  }

  /** Returns the rule that applies to this task, and counts its use. */
  take(request: TaskRequest): TaskRule | undefined {
    return this.rules.take((rule) => applies(rule, request));
  }
}

function applies(rule: TaskRule, request: TaskRequest): boolean {
  if (rule.action !== undefined && !matches(rule.action, request.action)) return false;
  if (rule.region !== undefined && !matches(rule.region, request.region)) return false;
  if (rule.imageName !== undefined && !matches(rule.imageName, request.imageName)) return false;
  if (rule.imageId !== undefined && !matches(rule.imageId, request.imageId)) return false;
  return rule.object === undefined || request.objects.some((object) => matches(rule.object!, object));
}
