"""Checks that only read."""

import re
from collections import Counter

from conformance.errors import Skipped
from conformance.refused import refusal

PAGE = 10
PAGES = 5


def describe_regions(t):
    regions = t.ecs.describe_regions()
    t.saw(f"{len(regions)} regions")
    t.expect(t.config["region"] in regions, f"{t.config['region']} among them")


def describe_images(t):
    answer = t.ecs.describe_images(page=1, size=PAGE)
    images = answer["images"]
    t.known["images"] = [image["id"] for image in images]
    t.saw(f"{len(images)} of {answer['total']} images")
    t.expect((answer["page"], answer["size"]) == (1, PAGE), f"page 1 of {PAGE} as asked for, not page {answer['page']} of {answer['size']}")
    t.expect(len(images) == min(answer["total"], PAGE), "a full page, or all")
    t.expect(all(image["id"] and image["status"] == "Available" for image in images), "none but Available ones when no Status is asked for")
    order = order_of([image["created"] for image in images if image["owner"] == "self"])
    if order:
        t.fact("images.order", order)


def image_id_list(t):
    ids = t.known.get("images", [])[:2]
    if len(ids) < 2:
        raise Skipped("there are no two images in this region")
    found = []
    refused = refusal(lambda: found.append(t.ecs.describe_images(ids=ids)["total"]))
    t.saw(refused.text if refused else f"{found[0]} found of 2 ids joined by a comma")
    t.fact("image.idList", found == [2])


def describe_tasks_paging(t):
    tasks = []
    total = None
    for number in range(1, PAGES + 1):
        answer = t.ecs.describe_tasks(page=number, size=PAGE)
        page, size = answer["page"], answer["size"]
        t.expect((page, size) == (number, PAGE), f"page {number} of {PAGE} as asked for, not page {page} of {size}")
        total = answer["total"]
        tasks += answer["tasks"]
        if not answer["tasks"] or len(tasks) >= total:
            break
    by = Counter(f"{task['action']} {task['status']}" for task in tasks)
    counts = ", ".join(f"{count} {kind}" for kind, count in by.items())
    if tasks:
        t.saw(f"{len(tasks)} of {total} tasks: {counts}; the oldest from {min(task['created'] for task in tasks)}")
    else:
        t.saw("no tasks in this region")
    t.expect(len({task["id"] for task in tasks}) == len(tasks), "no task on two pages")
    t.expect(len(tasks) == min(total, PAGE * PAGES), "as many tasks as TotalCount says")
    for name, value in facts_of(tasks):
        t.fact(name, value)


def facts_of(tasks):
    """What a list of tasks tells by itself."""
    order = order_of([task["created"] for task in tasks])
    if order:
        yield "task.order", order
    for task in tasks:
        yield "task.seconds", bool(re.search(r"T\d\d:\d\d:\d\d", task["created"]))
        yield "task.supportCancelType", support_cancel_type(task)
        if task["status"] in ("Waiting", "Processing"):
            yield "task.unfinishedTime", unfinished_time(task)
        if task["status"] in ("Deleted", "Cancelled", "Canceled"):
            yield "afterCancel.task", task["status"]
        if task["status"] == "Failed":
            yield "task.failedStatus", "Failed"
        if task["action"] == "ExportImage":
            yield "task.exportIdPrefix", id_prefix(task["id"])


def support_cancel_type(task):
    return {bool: "boolean", str: "string"}.get(type(task["support_cancel"]), type(task["support_cancel"]).__name__)


def unfinished_time(task):
    if task["finished"] is None:
        return "absent"
    if task["finished"] == "":
        return "empty"
    return "creation" if task["finished"] == task["created"] else task["finished"]


def id_prefix(task):
    return task.split("-")[0] + "-"


def order_of(times):
    """Whether times fall or rise; None when they are all the same."""
    # Written alike, in UTC: their texts are in the order of the times.
    falls = any(one > other for one, other in zip(times, times[1:]))
    rises = any(one < other for one, other in zip(times, times[1:]))
    return {(True, False): "newestFirst", (False, True): "oldestFirst", (True, True): "neither"}.get((falls, rises))


READING = [
    ("describe-regions", False, describe_regions),
    ("describe-images", False, describe_images),
    ("image-id-list", False, image_id_list),
    ("describe-tasks-paging", False, describe_tasks_paging),
]
