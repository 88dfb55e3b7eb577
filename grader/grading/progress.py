"""How far a run is: what is being graded, since when, and how long the rest will take."""

from __future__ import annotations

import statistics
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.submissions import Entry


class Slowest(NamedTuple):
    """The submission that has been graded for the longest time: its name, and for how many seconds."""

    name: str
    seconds: float


class Progress:
    """The state of a run, told by its workers' threads and asked by the screen.

    Args:
        clock: the time in seconds.

    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.waiting = 0
        self._workers = 1
        self._since: dict[Entry, float] = {}
        self._seconds: list[float] = []
        self._lock = threading.Lock()

    def expect(self, count: int) -> None:
        """Take note that so many submissions are going to be graded."""
        self.waiting = count

    def begin(self, entry: Entry) -> None:
        """Take note that a worker has taken a submission."""
        with self._lock:
            self.waiting -= 1
            self._since[entry] = self.clock()
            self._workers = max(self._workers, len(self._since))

    def give_back(self, entry: Entry) -> None:
        """Take note that a submission waits for another worker."""
        with self._lock:
            self.waiting += 1
            del self._since[entry]

    def end(self, entry: Entry) -> None:
        """Take note that a submission is done."""
        with self._lock:
            self._seconds.append(self.clock() - self._since.pop(entry))

    def slowest(self) -> Slowest | None:
        """Return which of the submissions in work was begun first; None if there is none."""
        with self._lock:
            begun = list(self._since.items())
        if not begun:
            return None
        entry, since = min(begun, key=lambda one: one[1])
        return Slowest(entry.name, self.clock() - since)

    def seconds_left(self) -> float | None:
        """Return how long the rest will take, as far as what is done tells; None if it doesn't."""
        with self._lock:
            now = self.clock()
            ages = [now - since for since in self._since.values()]
            return seconds_left(self._seconds, ages, self.waiting, self._workers)


def seconds_left(done: Sequence[float], ages: Sequence[float], waiting: int, workers: int) -> float | None:
    """Estimate the time that is left from how long submissions took.

    Those in work are taken to need what longer ones needed on average. Where one takes longer than all
    before, and nothing else is left to do, nothing tells how long it still takes.

    Args:
        done: the seconds of each submission that is done.
        ages: for how many seconds those in work have been graded.
        waiting: how many have not been begun.
        workers: how many are graded at a time.

    Returns:
        seconds, or None if there is nothing to go by.
    """
    if not done:
        return None
    rest = []
    for age in ages:
        longer = [seconds for seconds in done if seconds > age]
        if longer:
            rest.append(statistics.fmean(longer) - age)
        elif not waiting:
            return None
    average = statistics.fmean(done)
    return max([(waiting * average + sum(rest)) / workers, *rest])
