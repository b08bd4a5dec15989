class Refused(Exception):
    """A call that ECS refused; anything else that goes wrong is raised as it comes."""

    def __init__(self, status, code, message):
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.text = f"{status} {code}"


def refusal(call):
    """What a call is refused with, or None when it is accepted."""
    try:
        call()
    except Refused as refused:
        return refused
    return None


def retried(call, sleep, attempts=5):
    """Tries a throttled call again; nothing else, so that a check sees what ECS said."""
    for attempt in range(1, attempts + 1):
        try:
            return call()
        except Refused as refused:
            if not refused.code.startswith("Throttling") or attempt == attempts:
                raise
            sleep(0.5 * 2**attempt)
    raise AssertionError("unreachable")
