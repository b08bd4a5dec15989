"""Checks that start tasks, and cancel them."""

import re
import time
import uuid

from conformance.checks.cancelling import cancel_and_watch, watch
from conformance.checks.reading import id_prefix, support_cancel_type, unfinished_time
from conformance.checks.refusing import role_code, text
from conformance.errors import Skipped
from conformance.refused import Refused, refusal
from conformance.sdk.shapes import EVERY_STATUS

UNDER_WAY = ("Waiting", "Creating")


def import_cancel(t):
    ecs = t.ecs
    entry = start_import(t, f"{t.config['prefix']}-import", tag=("conformance", t.config["prefix"]))
    started = t.until(lambda: watch(ecs, entry["task"]))
    t.need(started, "the task listed by its id")
    t.expect((started["action"], started["resource"]) == ("ImportImage", entry["image"]), "TaskAction ImportImage, ResourceId the image")
    t.expect(str(started["support_cancel"]).lower() == "true", "SupportCancel true")
    t.fact("task.supportCancelType", support_cancel_type(started))
    t.fact("task.unfinishedTime", unfinished_time(started))

    by_image = ecs.describe_tasks(resources=[entry["image"]])["tasks"]
    t.expect(any(task["id"] == entry["task"] for task in by_image), "the task found by ResourceIds")
    image = t.until(lambda: _image(ecs, entry["image"]))
    t.saw(f"image {image['status'] if image else 'not listed'}")
    t.need(image and image["status"] in UNDER_WAY, "the image listed as Waiting or Creating under Status=ALL")
    t.fact("image.tagsWhileCreating", f"conformance={t.config['prefix']}" in image["tags"])
    t.expect(ecs.describe_images(ids=[entry["image"]])["total"] == 0, "no image under the default Status")
    deletion = refusal(lambda: ecs.delete_image(entry["image"]))
    t.saw(f"DeleteImage while it runs: {text(deletion)}")
    t.expect(text(deletion) == "403 ImageIsImporting", "403 ImageIsImporting")

    if cancel_and_watch(t, entry["task"]):
        _image_afterwards(t, entry["image"])
        t.known["cancelled"] = entry["task"]
    t.ledger.settle(entry)


def _image_afterwards(t, image_id):
    """What becomes of the image of a cancelled import."""
    since = time.monotonic()
    statuses = []

    def settled():
        image = _image(t.ecs, image_id)
        statuses.append(image["status"] if image else "gone")
        return None if statuses[-1] in UNDER_WAY else statuses[-1]

    status = t.until(settled)
    t.saw(f"image afterwards: {statuses[-1]}")
    t.need(status, "the image to follow its task's end")
    # Available means that the cancel came too late, which the task's status tells.
    if status == "Available":
        return
    t.fact("afterCancel.image", status)
    t.fact("afterCancel.imageDelay", round((time.monotonic() - since) * 1000))


def cancel_ended_task(t):
    if "cancelled" not in t.known:
        raise Skipped("import-cancel came to no end")
    seen = text(refusal(lambda: t.ecs.cancel_task(t.known["cancelled"])))
    t.saw(seen)
    allowed = ("403 InvalidTaskId.IncorrectTaskStatus", "400 InvalidTaskId.NotFound")
    t.expect(seen in allowed, " or ".join(allowed))


def import_token_replay(t):
    name, token = f"{t.config['prefix']}-token", str(uuid.uuid4())
    disk = (t.config["bucket"], t.config["object"])
    first = start_import(t, name, token=token)
    # The replays' answers are remembered as well: against an ECS that takes no notice of the token they are imports of their own.
    again = {"kind": "import", "name": name}
    replay = refusal(lambda: t.ledger.start(again, lambda: t.ecs.import_image(name, *disk, token=token)))
    same = (again.get("task"), again.get("image")) == (first["task"], first["image"])
    t.saw(f"same parameters: {replay.text if replay else 'the same ids' if same else f'other ids, {again}'}")
    t.expect(same, "the same ids again")
    other = {"kind": "import", "name": f"{name}-other"}
    mismatch = refusal(lambda: t.ledger.start(other, lambda: t.ecs.import_image(other["name"], *disk, token=token)))
    t.saw(f"other parameters: {text(mismatch)}")
    known = mismatch is not None and mismatch.code == "IdempotentParameterMismatch"
    t.expect(known, "IdempotentParameterMismatch")
    if known:
        t.fact("clientToken.mismatchStatus", mismatch.status)
    if same:
        t.ledger.forget(again)
    for entry in (first, again, other):
        if entry in t.ledger.entries:
            t.ledger.settle(entry)


def export_cancel(t):
    ecs, image = t.ecs, t.config.get("image")
    if not image:
        raise Skipped("needs --image, an own Available one")
    before = ecs.describe_tasks(resources=[image], action="ExportImage")["tasks"]
    others = [task["id"] for task in before if task["status"] in ("Waiting", "Processing")]
    if others:
        raise Skipped(f"{others[0]} exports {image} already, and is not ours")
    prefix = re.sub("[^A-Za-z0-9]", "", t.config["prefix"])[:30]
    entry = {"kind": "export", "image": image}
    t.ledger.start(entry, lambda: ecs.export_image(image, t.config["bucket"], prefix))
    t.saw(f"objects {prefix}_… in {t.config['bucket']}, if any are left")
    t.fact("task.exportIdPrefix", id_prefix(entry["task"]))
    started = t.until(lambda: watch(ecs, entry["task"]))
    t.need(started, "the task listed by its id")
    t.expect((started["action"], started["resource"]) == ("ExportImage", image), "TaskAction ExportImage, ResourceId the image")
    cancel_and_watch(t, entry["task"])
    after = _image(ecs, image)
    t.saw(f"image afterwards: {after['status'] if after else 'gone'}")
    t.expect(after and after["status"] == "Available", "the image Available as before")
    t.ledger.settle(entry)


def copy_cancel(t):
    image, region = t.config.get("image"), t.config.get("destinationRegion")
    if not image:
        raise Skipped("needs --image, an own Available one")
    if not region:
        raise Skipped("needs --destination-region")
    name = f"{t.config['prefix']}-copy"
    entry = {"kind": "copy", "name": name}
    t.ledger.start(entry, lambda: t.ecs.copy_image(image, region, name))
    seen = t.until(lambda: _image(t.destination, entry["image"]))
    t.saw(f"image {seen['status'] if seen else 'not listed'} in {region}")
    t.need(seen and seen["status"] in UNDER_WAY, "the copy listed as Waiting or Creating under Status=ALL")
    refused = refusal(lambda: t.destination.cancel_copy_image(entry["image"]))
    t.saw(f"CancelCopyImage: {text(refused)}")
    t.expect(text(refused) in ("accepted", "400 CancelNotSupported"), "accepted or 400 CancelNotSupported")
    if refused is None or refused.code == "CancelNotSupported":
        t.fact("copy.cancellable", refused is None)
    if refused is None:
        since = time.monotonic()
        gone = t.until(lambda: None if _image(t.destination, entry["image"]) else True)
        t.need(gone, "the copy's image gone after its cancel")
        t.fact("image.deleteDelay", round((time.monotonic() - since) * 1000))
    t.ledger.settle(entry)


def start_import(t, name, **rest):
    entry = {"kind": "import", "name": name}
    try:
        t.ledger.start(entry, lambda: t.ecs.import_image(name, t.config["bucket"], t.config["object"], **rest))
    except Refused as refused:
        role_code(t, refused)
        raise
    t.saw(f"{entry['task']} makes {entry['image']}")
    return entry


def _image(ecs, image_id):
    images = ecs.describe_images(ids=[image_id], status=EVERY_STATUS)["images"]
    return images[0] if images else None


RUNNING = [
    ("import-cancel", True, import_cancel),
    ("cancel-ended-task", True, cancel_ended_task),
    ("import-token-replay", True, import_token_replay),
    ("export-cancel", True, export_cancel),
    ("copy-cancel", True, copy_cancel),
]
