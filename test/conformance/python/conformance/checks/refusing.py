"""Checks of what ECS refuses."""

import secrets

from conformance.refused import refusal
from conformance.sdk.shapes import EVERY_STATUS

UNKNOWN_TASK = "t-bp1conformance0none00"
UNKNOWN_IMAGE = "m-bp1conformance0none00"


def unknown_task(t):
    found = []
    listed = refusal(lambda: found.append(t.ecs.describe_tasks(ids=[UNKNOWN_TASK])["total"]))
    t.saw(f"DescribeTasks: {listed.text if listed else f'{found[0]} tasks'}")
    t.fact("tasks.unknownId", listed.text if listed else "left out" if found == [0] else f"{found[0]} tasks")
    refused = refusal(lambda: t.ecs.describe_task_attribute(UNKNOWN_TASK))
    t.saw(f"DescribeTaskAttribute: {text(refused)}")
    t.expect(text(refused) == "400 InvalidTaskId.NotFound", "DescribeTaskAttribute: 400 InvalidTaskId.NotFound")


def unknown_image(t):
    found = []
    refused = refusal(lambda: found.append(t.ecs.describe_images(ids=[UNKNOWN_IMAGE], status=EVERY_STATUS)["total"]))
    seen = refused.text if refused else "empty list" if found == [0] else f"{found[0]} images"
    t.saw(seen)
    t.fact("images.unknownId", seen)


def unknown_region(t):
    refused = refusal(lambda: t.ecs.describe_tasks(region="cn-nowhere"))
    t.saw(text(refused))
    t.expect(text(refused) == "400 InvalidRegionId.NotFound", "400 InvalidRegionId.NotFound")


def missing_parameter(t):
    refused = refusal(lambda: t.ecs.describe_task_attribute(None))
    t.saw(text(refused))
    t.expect(text(refused) == "400 MissingParameter", "400 MissingParameter")


def dry_run(t):
    seen = text(refusal(lambda: t.ecs.describe_images(dry_run=True)))
    t.known["dry_run"] = seen
    t.saw(f"DescribeImages: {seen}")
    t.fact("images.dryRun", seen)


def wrong_signature(t):
    keys = {**t.keys, "secret": secrets.token_hex(15)}
    seen = text(refusal(lambda: t.connect(keys=keys).describe_tasks()))
    t.saw(seen)
    t.fact("errors.wrongSecret", seen)


def unknown_key(t):
    keys = {"id": "LTAI5tConformanceUnknown", "secret": secrets.token_hex(15)}
    seen = text(refusal(lambda: t.connect(keys=keys).describe_tasks()))
    t.saw(seen)
    t.fact("errors.unknownKey", seen)


def import_dry_run(t):
    name = f"{t.config['prefix']}-dry-run"
    entry = {"kind": "import", "name": name}
    disk = (t.config["bucket"], t.config["object"])
    refused = refusal(lambda: t.ledger.start(entry, lambda: t.ecs.import_image(name, *disk, dry_run=True)))
    if not refused:
        t.ledger.settle(entry)
    t.saw(f"ImportImage: {text(refused)}")
    role_code(t, refused)
    codes = ("DRYRUN.SUCCESS", "DryRunOperation")
    known = refused is not None and refused.code in codes
    t.expect(known, f"400 {' or '.join(codes)}")
    if known:
        apart = refused.code == "DRYRUN.SUCCESS" and t.known.get("dry_run") == "400 DryRunOperation"
        t.fact("request.dryRunCode", "perAction" if apart else refused.code)


def import_errors(t):
    bucket, image_file = t.config["bucket"], t.config["object"]
    cases = (
        ("without OSSObject", f"{t.config['prefix']}-errors", None, "400 MissingParameter"),
        ("name acs:x", "acs:x", image_file, "400 InvalidImageName.Malformed"),
    )
    for what, name, oss_object, expected in cases:
        entry = {"kind": "import", "name": name}
        refused = refusal(lambda: t.ledger.start(entry, lambda: t.ecs.import_image(name, bucket, oss_object)))
        if not refused:
            t.ledger.settle(entry)
        t.saw(f"{what}: {text(refused)}")
        t.expect(text(refused) == expected, f"{what}: {expected}")


def cancel_unknown_task(t):
    refused = refusal(lambda: t.ecs.cancel_task(UNKNOWN_TASK))
    t.saw(text(refused))
    known = refused is not None and refused.code == "InvalidTaskId.NotFound"
    t.expect(known, "InvalidTaskId.NotFound")
    if known:
        t.fact("cancel.notFoundStatus", refused.status)


def delete_unknown_image(t):
    refused = refusal(lambda: t.ecs.delete_image(UNKNOWN_IMAGE))
    t.saw(text(refused))
    t.expect(text(refused) in ("accepted", "404 InvalidImageId.NotFound"), "accepted or 404 InvalidImageId.NotFound")
    t.fact("image.deleteUnknown", "error" if refused else "ok")


def role_code(t, refused):
    """A role that is missing is a matter of the account; how ECS spells it is a thing to learn."""
    if refused and refused.code.startswith("NoSetRoletoECSServiceAc"):
        t.fact("request.roleCode", refused.code)


def text(refused):
    return refused.text if refused else "accepted"


REFUSING = [
    ("unknown-task", False, unknown_task),
    ("unknown-image", False, unknown_image),
    ("unknown-region", False, unknown_region),
    ("missing-parameter", False, missing_parameter),
    ("dry-run", False, dry_run),
    ("wrong-signature", False, wrong_signature),
    ("unknown-key", False, unknown_key),
    ("import-dry-run", True, import_dry_run),
    ("import-errors", True, import_errors),
    ("cancel-unknown-task", True, cancel_unknown_task),
    ("delete-unknown-image", True, delete_unknown_image),
]
