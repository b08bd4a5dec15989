import time

from conformance.refused import Refused
from conformance.sdk.shapes import EVERY_STATUS

UNDER_WAY = ("Waiting", "Processing")


class Ledger:
    """What the run has started.

    An entry is made before its call, so that a start whose answer was lost is found again by the image's name or, for an export, by
    its image: {kind: import | export | copy, name?, image?, task?}.
    """

    def __init__(self, ecs, destination, config):
        self.ecs = ecs
        self.destination = destination
        self.config = config
        self.entries = []

    def start(self, entry, call):
        """Makes a start and remembers it. One that ECS refused is forgotten; one whose answer was lost isn't."""
        self.entries.append(entry)
        try:
            entry.update(call())
        except Refused as refused:
            if refused.status < 500:
                self.forget(entry)
            raise

    def forget(self, entry):
        self.entries = [other for other in self.entries if other is not entry]

    def settle(self, entry):
        """Brings one entry to an end, and leaves nothing of it but an exported object."""
        if entry["kind"] == "copy":
            self._remove_copy(entry)
        else:
            self._end_task(entry)
        if entry["kind"] == "import":
            self._remove_image(self.ecs, entry)
        self.forget(entry)

    def settle_all(self):
        """Settles all that is left, then whatever else bears the run's prefix; gives what could not be brought to an end."""
        left = []
        for entry in reversed(self.entries):
            self._try(left, entry)
        for ecs, kind in ((self.ecs, "import"), (self.destination, "copy")):
            try:
                images = _find(ecs, self.config["prefix"]) if ecs else []
            except Exception as error:  # pylint: disable=broad-except
                left.append(f"images of {ecs.region}: {error}")
                continue
            for image in images:
                if image["name"].startswith(self.config["prefix"]):
                    self._try(left, {"kind": kind, "name": image["name"], "image": image["id"]})
        return left

    def _try(self, left, entry):
        try:
            self.settle(entry)
        except Exception as error:  # pylint: disable=broad-except: the others are to be settled all the same
            left.append(f"{' '.join(str(value) for value in entry.values())}: {error}")

    def _end_task(self, entry):
        if entry["kind"] == "import":
            self._find_image(self.ecs, entry)
        if not entry.get("image"):
            return
        if not entry.get("task"):
            entry["task"] = self._running(entry)
        if not entry["task"]:
            return

        def ended():
            tasks = self.ecs.describe_tasks(ids=[entry["task"]])["tasks"]
            if not tasks or tasks[0]["status"] not in UNDER_WAY:
                return True
            return _code_of(lambda: self.ecs.cancel_task(entry["task"])) == "InvalidTaskId.NotFound"

        self._until_done(f"the task {entry['task']} to end", ended)

    def _running(self, entry):
        action = "ImportImage" if entry["kind"] == "import" else "ExportImage"
        tasks = self.ecs.describe_tasks(resources=[entry["image"]], action=action)["tasks"]
        return next((task["id"] for task in tasks if task["status"] in UNDER_WAY), None)

    def _remove_copy(self, entry):
        self._find_image(self.destination, entry)
        if entry.get("image"):
            _code_of(lambda: self.destination.cancel_copy_image(entry["image"]))
        self._remove_image(self.destination, entry)

    def _remove_image(self, ecs, entry):
        """Deletes until it is gone: a deletion is refused while a task winds down, and a copy that can't be cancelled has to end first."""
        image = entry.get("image")
        if not image:
            return

        def gone():
            if ecs.describe_images(ids=[image], status=EVERY_STATUS)["total"] == 0:
                return True
            _code_of(lambda: ecs.delete_image(image))
            return False

        self._until_done(f"the image {image} to go", gone)

    @staticmethod
    def _find_image(ecs, entry):
        if not entry.get("image"):
            entry["image"] = next((image["id"] for image in _find(ecs, entry["name"]) if image["name"] == entry["name"]), None)

    def _until_done(self, what, done):
        limit = self.config["cleanupMs"] / 1000
        end = time.monotonic() + limit
        while True:
            try:
                if done():
                    return
            except Exception as error:  # pylint: disable=broad-except
                # A connection that failed, or an answer that is no refusal, is no reason to leave something running.
                if _forbidden(error) or time.monotonic() > end:
                    raise
            if time.monotonic() > end:
                raise TimeoutError(f"waited {limit:g} s for {what}; look in the console")
            time.sleep(self.config["pollMs"] / 1000)


def _find(ecs, name):
    """The images whose name holds a text."""
    return ecs.describe_images(name=name, status=EVERY_STATUS, owner="self", size=100)["images"]


def _code_of(call):
    """The code of a refusal that a later look decides upon; a right that is missing is raised."""
    try:
        call()
    except Refused as refused:
        if _forbidden(refused):
            raise
        return refused.code
    return None


def _forbidden(error):
    return isinstance(error, Refused) and error.code.startswith("Forbidden")
