import time

from conformance.checks.reading import READING
from conformance.checks.refusing import REFUSING
from conformance.checks.running import RUNNING
from conformance.errors import Skipped, Stopped
from conformance.ledger import Ledger


class Interrupt:
    """Whether the run was asked to stop."""

    def __init__(self, event):
        self.event = event

    @property
    def requested(self):
        return self.event.is_set()


def run_suite(config, keys, connect, emit, interrupt):
    """Runs the checks one after the other and emits a line for each: {check, outcome, seen, expected?, facts}.

    An interrupt ends the check that runs and skips the others, except for the cleaning up, which runs whatever happened.
    """
    ecs = connect()
    destination = None
    if config.get("destinationRegion"):
        destination = connect(region=config["destinationRegion"], endpoint=config["destinationEndpoint"])
    ledger = Ledger(ecs, destination, config)
    known = {}
    for name, full, check in [*READING, *REFUSING, *RUNNING, ("cleanup", True, clean_up)]:
        always = check is clean_up
        if full and not config["full"]:
            emit({"check": name, "outcome": "skipped", "seen": "starts tasks or may change something: only with --full", "facts": {}})
        elif interrupt.requested and not always:
            emit({"check": name, "outcome": "skipped", "seen": "interrupted", "facts": {}})
        else:
            emit(Trial(name, config, keys, connect, ecs, destination, ledger, known, None if always else interrupt).outcome(check))


class Trial:
    """One running check: what it may use, and what it has seen so far."""

    def __init__(self, name, config, keys, connect, ecs, destination, ledger, known, interrupt):
        self.name = name
        self.config = config
        self.keys = keys
        self.connect = connect
        self.ecs = ecs
        self.destination = destination
        self.ledger = ledger
        self.known = known
        self.interrupt = interrupt
        self.seen = []
        self.facts = {}
        self.unmet = []

    def outcome(self, check):
        try:
            check(self)
        except Skipped as reason:
            return {"check": self.name, "outcome": "skipped", "seen": str(reason), "facts": self.facts}
        except Stopped as stopped:
            self.unmet.append(str(stopped))
        except Exception as error:  # pylint: disable=broad-except: whatever goes wrong is a result
            self.unmet.append(f"no error, but there was: {type(error).__name__}: {error}")
        line = {"check": self.name, "outcome": "failed" if self.unmet else "passed", "seen": "; ".join(self.seen), "facts": self.facts}
        return {**line, "expected": "; ".join(self.unmet)} if self.unmet else line

    def saw(self, text):
        self.seen.append(text)

    def fact(self, name, value):
        self.facts[name] = value

    def expect(self, met, text):
        if not met:
            self.unmet.append(text)

    def need(self, met, text):
        if not met:
            raise Stopped(text)

    def until(self, look):
        """Looks until there is a value, or says after the deadline that there was none."""
        end = time.monotonic() + self.config["deadlineMs"] / 1000
        while True:
            if self.interrupt and self.interrupt.requested:
                raise Stopped("to go on, but was interrupted")
            value = look()
            if value is not None or time.monotonic() > end:
                return value
            if self.interrupt:
                self.interrupt.event.wait(self.config["pollMs"] / 1000)
            else:
                time.sleep(self.config["pollMs"] / 1000)


def clean_up(t):
    """Ends and removes what the checks left, whatever became of them."""
    started = len(t.ledger.entries)
    left = t.ledger.settle_all()
    settled = f", {started} settled at the end" if started else ""
    t.saw("; ".join(left) or f"nothing left of {t.config['prefix']}{settled}")
    t.need(not left, "nothing left: see to what is named, by hand")
