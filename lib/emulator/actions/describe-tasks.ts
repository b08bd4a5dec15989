import { invalidParameter } from "../protocol/api-error";
import type { Task } from "../values/model";
import type { Params } from "../protocol/params";
import { atMost100, page, paged } from "../protocol/rules";
import { parseTime } from "../values/times";
import type { Action, Services } from "./action";
import { findTask, isKnown } from "./find-task";
import { taskItem } from "./task-view";

type Uses = Pick<Services, "behaviour" | "store">;

export const describeTasks =
  (services: Uses): Action =>
  ({ params, caller, region, now }) => {
    const at = page(params);
    const passes = filterOf(services, params, now);
    const slots = candidates(services, params, caller.account, region.id, now);
    const passing = isUnfiltered(services, params) ? slots.length : undefined;
    const { items, total } = paged([{ slots, passing }], passes, at, services.behaviour.task.order === "newestFirst");
    return {
      RegionId: region.id,
      PageNumber: at.number,
      PageSize: at.size,
      TotalCount: total,
      TaskSet: { Task: items.map((task) => taskItem(task, services.behaviour)) },
    };
  };

const FILTERED_STATUSES: readonly string[] = ["Finished", "Processing", "Failed"];

/** The tasks to filter, oldest first. Looks them up by task or image ids if the call has any, so that a poll does not visit all tasks. */
function candidates({ behaviour, store }: Uses, params: Params, account: string, region: string, now: number): readonly Task[] {
  // Task groups belong to a preview feature that has no import or export tasks.
  if (params.text("TaskGroupId")) return [];
  const ids = taskIds(params);
  const images = resourceIds(params);
  if (ids.length === 0 && images.length === 0) return store.tasksIn(account, region);
  const found =
    ids.length > 0
      ? ids.map((id) => findTask(store, behaviour, account, region, id, now)).filter((task) => task !== undefined)
      : images.flatMap((image) => store.tasksFor(image).filter((task) => task.account === account && task.region === region));
  return found.sort((a, b) => a.createdAt - b.createdAt);
}

/** Whether every task passes, so that counting is unnecessary. */
function isUnfiltered({ behaviour: { task } }: Uses, params: Params): boolean {
  if (task.lifetime !== null || !task.listCancelled) return false;
  return (
    ["TaskAction", "TaskStatus", "StartTime", "EndTime", "TaskIds"].every((name) => params.text(name) === undefined) &&
    resourceIds(params).length === 0
  );
}

function filterOf({ behaviour }: Uses, params: Params, now: number): (task: Task) => boolean {
  const action = params.text("TaskAction");
  const given = params.text("TaskStatus");
  const status = given !== undefined && FILTERED_STATUSES.includes(given) ? given : undefined;
  const from = time(params, "StartTime");
  const to = time(params, "EndTime");
  const resources = new Set(resourceIds(params));
  const listCancelled = behaviour.task.listCancelled || taskIds(params).length > 0;
  return (task) =>
    isKnown(task, behaviour, now) &&
    (listCancelled || task.outcome !== "cancelled") &&
    (action === undefined || task.action === action) &&
    (status === undefined || task.status === status) &&
    (from === undefined || task.createdAt >= from) &&
    (to === undefined || task.createdAt <= to) &&
    (resources.size === 0 || resources.has(task.imageId));
}

function taskIds(params: Params): readonly string[] {
  const ids = (params.text("TaskIds") ?? "").split(",").map((id) => id.trim());
  return atMost100([...new Set(ids.filter((id) => id !== ""))], "TaskIds");
}

function resourceIds(params: Params): readonly string[] {
  return [...new Set(atMost100(params.list("ResourceIds"), "ResourceIds"))];
}

function time(params: Params, name: string): number | undefined {
  const value = params.text(name);
  if (value === undefined) return undefined;
  const ms = parseTime(value);
  if (ms === undefined) throw invalidParameter(name, value, "a UTC time such as 2020-11-23T15:16:00Z");
  return ms;
}
