const UNDER_WAY = ["Waiting", "Processing"];
const PAGES = 5;

/** The task in a DescribeTasks by its id, or undefined. */
export async function watch(ecs, id) {
  return (await ecs.describeTasks({ ids: [id] })).tasks.find((task) => task.id === id);
}

/** Cancels a task twice and watches until it has ended; false if it had ended before the first cancellation. */
export async function cancelAndWatch(t, id) {
  const { ecs, saw, fact, need, refusal, until } = t;
  const statuses = [];
  const note = (status) => statuses.at(-1) === status || statuses.push(status);
  if (!(await acceptedCancel(t, id, note))) return false;
  const since = Date.now();
  const second = await refusal(ecs.cancelTask(id));
  saw(`second cancel: ${second?.text ?? "accepted"}`);
  fact("cancel.second", second?.code.replace("InvalidTaskId.", "") ?? "ok");
  let task;
  const ended = await until(async () => {
    task = await watch(ecs, id);
    note(task?.status ?? "notFound");
    return UNDER_WAY.includes(task?.status) ? undefined : true;
  });
  saw(`task: ${statuses.join(", ")}`);
  need(ended, "the task to end after CancelTask");
  fact("afterCancel.task", statuses.at(-1));
  fact("afterCancel.delay", Date.now() - since);
  await lookBack(t, id, task);
  return true;
}

/** ECS may refuse to cancel a waiting task; then this waits until the task is processed. */
async function acceptedCancel({ ecs, saw, fact, need, refusal, until }, id, note) {
  let refused;
  const accepted = await until(async () => {
    const status = (await watch(ecs, id))?.status ?? "notFound";
    note(status);
    if (!UNDER_WAY.includes(status)) return status;
    refused = await refusal(ecs.cancelTask(id));
    const outOfTurn = refused?.code === "InvalidTaskId.IncorrectTaskStatus";
    if (status === "Waiting" && (!refused || outOfTurn)) fact("cancel.waiting", !refused);
    return refused && (outOfTurn || refused.code === "CancelTaskFailed") ? undefined : (refused?.text ?? "accepted");
  });
  saw(`CancelTask: ${accepted ?? refused?.text}`);
  need(accepted === "accepted" || accepted === "Finished", "CancelTask accepted");
  return accepted === "accepted";
}

/** Notes what ECS shows of a cancelled task afterwards. */
async function lookBack({ ecs, saw, fact, refusal }, id, task) {
  if (task) fact("task.supportCancel", String(task.supportCancel) === "true" ? "kind" : "moment");
  let attribute;
  const refused = await refusal(ecs.describeTaskAttribute(id).then((answer) => (attribute = answer)));
  saw(`DescribeTaskAttribute: ${refused?.text ?? `${attribute.status} ${attribute.process}`}`);
  const listed = task && (await isListed(ecs, id, task.action));
  if (listed !== undefined) fact("task.listCancelled", listed);
}

/** Whether a list without ids contains the task; undefined if the list is too long to know. */
async function isListed(ecs, id, taskAction) {
  for (let pageNumber = 1; pageNumber <= PAGES; pageNumber += 1) {
    const { tasks, total } = await ecs.describeTasks({ taskAction, pageNumber, pageSize: 100 });
    if (tasks.some((task) => task.id === id)) return true;
    if (pageNumber * 100 >= total) return false;
  }
  return undefined;
}
