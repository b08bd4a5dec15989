class Skipped(Exception):
    """The check can't be made here, for the reason given."""


class Stopped(Exception):
    """The check can't go on: what it needs for its next step isn't so."""
