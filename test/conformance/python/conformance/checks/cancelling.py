import time

from conformance.checks.refusing import text
from conformance.refused import refusal

UNDER_WAY = ("Waiting", "Processing")
PAGES = 5


def watch(ecs, task_id):
    """The task as DescribeTasks lists it by its id, or None."""
    return next((task for task in ecs.describe_tasks(ids=[task_id])["tasks"] if task["id"] == task_id), None)


def cancel_and_watch(t, task_id):
    """Cancels a task, cancels it again, and watches how it ends; False when it had ended before it could be cancelled."""
    statuses = []

    def note(status):
        if statuses[-1:] != [status]:
            statuses.append(status)

    if not _accepted_cancel(t, task_id, note):
        return False
    since = time.monotonic()
    second = refusal(lambda: t.ecs.cancel_task(task_id))
    t.saw(f"second cancel: {text(second)}")
    t.fact("cancel.second", second.code.replace("InvalidTaskId.", "") if second else "ok")
    last = {}

    def ended():
        last["task"] = watch(t.ecs, task_id)
        note(last["task"]["status"] if last["task"] else "notFound")
        return None if statuses[-1] in UNDER_WAY else True

    done = t.until(ended)
    t.saw(f"task: {', '.join(statuses)}")
    t.need(done, "the task to end after CancelTask")
    t.fact("afterCancel.task", statuses[-1])
    t.fact("afterCancel.delay", round((time.monotonic() - since) * 1000))
    _look_back(t, task_id, last["task"])
    return True


def _accepted_cancel(t, task_id, note):
    """A task that waits in line may refuse to be cancelled; then its beginning is waited for."""
    tries = []

    def accepted():
        task = watch(t.ecs, task_id)
        status = task["status"] if task else "notFound"
        note(status)
        if status not in UNDER_WAY:
            return status
        refused = refusal(lambda: t.ecs.cancel_task(task_id))
        tries.append(text(refused))
        out_of_turn = refused is not None and refused.code == "InvalidTaskId.IncorrectTaskStatus"
        if status == "Waiting" and (refused is None or out_of_turn):
            t.fact("cancel.waiting", refused is None)
        return None if out_of_turn or (refused is not None and refused.code == "CancelTaskFailed") else tries[-1]

    outcome = t.until(accepted)
    t.saw(f"CancelTask: {outcome or tries[-1]}")
    t.need(outcome in ("accepted", "Finished"), "CancelTask accepted")
    return outcome == "accepted"


def _look_back(t, task_id, task):
    """Notes what ECS shows of a cancelled task afterwards."""
    if task:
        t.fact("task.supportCancel", "kind" if str(task["support_cancel"]).lower() == "true" else "moment")
    answers = []
    refused = refusal(lambda: answers.append(t.ecs.describe_task_attribute(task_id)))
    t.saw(f"DescribeTaskAttribute: {refused.text if refused else answers[0]['status'] + ' ' + answers[0]['process']}")
    listed = _is_listed(t.ecs, task_id, task["action"]) if task else None
    if listed is not None:
        t.fact("task.listCancelled", listed)


def _is_listed(ecs, task_id, action):
    """Whether a list that isn't asked for ids holds the task; None when it is too long to tell."""
    for number in range(1, PAGES + 1):
        answer = ecs.describe_tasks(action=action, page=number, size=100)
        if any(task["id"] == task_id for task in answer["tasks"]):
            return True
        if number * 100 >= answer["total"]:
            return False
    return None
