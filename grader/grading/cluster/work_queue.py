"""The submissions that a cluster grades: which is next, which is tried again, and which result counts.

Each submission has one result, the first that comes. It is tried again at another place if its place is lost
or failed. A straggler is also tried elsewhere while it goes on: where nothing else is to do, and it takes
several times what the others took.
"""

from __future__ import annotations

import queue
import statistics
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.grading.pool import Done
from grader.records.worker_protocol import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.grading.progress import Progress
    from grader.submissions import Entry

MAX_FAULTS: Final = 3
"""A submission that the grader failed on so often is not graded by this run."""
MAX_LOSSES: Final = 5
"""Nor is one that was being graded when so many places were lost: it may be what ends them."""
LOST: Final = "each of {} workers that graded it was lost, the last one because {}"
STRAGGLER_FACTOR: Final = 3.0
STRAGGLER_SECONDS: Final = 10.0
"""A submission that takes less is no straggler."""
PEACE: Final = 0.5
"""Seconds between two looks for stragglers."""


@dataclass(eq=False)
class Piece:
    """A submission, and what became of it so far.

    Args:
        entry: the submission.
        running: the places where it is being graded, with the times when that began.
        failed_at: the places where the grader failed on it.
        faults: how often it did.
        losses: how many places were lost while they graded it.
        is_begun: whether it is being graded, as far as the progress knows.
        is_done: whether it has its result.
    """

    entry: Entry
    running: dict[str, float] = field(default_factory=dict)
    failed_at: set[str] = field(default_factory=set)
    faults: int = 0
    losses: int = 0
    is_begun: bool = False
    is_done: bool = False


class WorkQueue:
    """Hands out submissions to slots, which are at places, and collects one result for each. Thread-safe.

    `results` gets them in any order.

    Args:
        progress: is told what is being graded.
    """

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.results: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._waiting: deque[Piece] = deque()
        self._running: set[Piece] = set()
        self._seconds: list[float] = []
        self._slots: Counter[str] = Counter()
        self._closed = False

    def add(self, entries: Iterable[Entry]) -> None:
        """Add submissions."""
        with self._changed:
            self._waiting.extend(map(Piece, entries))
            self._changed.notify_all()

    def close(self) -> None:
        """Hand out nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self, place: str) -> None:
        """Count a slot at a place."""
        with self._changed:
            self._slots[place] += 1

    def leave(self, place: str) -> None:
        """Count a slot less."""
        with self._changed:
            self._slots[place] -= 1
            self._changed.notify_all()

    def take(self, place: str) -> Piece | None:
        """Wait for a submission to grade at a place, and return it; None once the queue is closed."""
        with self._changed:
            while not self._closed:
                piece = self._next(place) or self._straggler(place)
                if piece is not None:
                    if not piece.is_begun:
                        piece.is_begun = True
                        self.progress.begin(piece.entry)
                    piece.running[place] = time.monotonic()
                    self._running.add(piece)
                    return piece
                self._changed.wait(PEACE)
            return None

    def finish(self, piece: Piece, place: str, done: Done) -> None:
        """Receive what a place says of a submission: its result, unless it has one or is tried elsewhere."""
        with self._changed:
            begun = piece.running[place]
            self._end(piece, place)
            if not (isinstance(done.outcome, Fault) and done.outcome.retry):
                self._seconds.append(time.monotonic() - begun)
                self._count(piece, done)
                return
            piece.failed_at.add(place)
            piece.faults += 1
            if piece.faults >= MAX_FAULTS:
                self._count(piece, done)
            else:
                self._put_back(piece)

    def give_back(self, piece: Piece, place: str, reason: str) -> None:
        """Receive a submission whose place was lost while it graded it."""
        with self._changed:
            self._end(piece, place)
            piece.losses += 1
            if piece.losses >= MAX_LOSSES:
                self._count(piece, Done(piece.entry, Fault(LOST.format(piece.losses, reason), retry=True)))
            else:
                self._put_back(piece)

    def fail(self, fault: Fault) -> None:
        """Let this be the result of all submissions that have none."""
        with self._changed:
            for piece in {*self._waiting, *self._running}:
                self._count(piece, Done(piece.entry, fault))
            self._waiting.clear()

    def _next(self, place: str) -> Piece | None:
        """Return a submission that waits, unless the grader failed on it here and there are other places."""
        for piece in self._waiting:
            if place not in piece.failed_at or not self._elsewhere(piece):
                self._waiting.remove(piece)
                return piece
        return None

    def _straggler(self, place: str) -> Piece | None:
        """Return what takes longest of that which takes too long elsewhere, and is tried there alone."""
        if not self._seconds or self._waiting:
            return None
        limit = max(STRAGGLER_SECONDS, STRAGGLER_FACTOR * statistics.median(self._seconds))
        begun = {
            piece: next(iter(piece.running.values()))
            for piece in self._running
            if len(piece.running) == 1 and place not in piece.running and place not in piece.failed_at
        }
        slowest = min(begun, key=begun.__getitem__, default=None)
        return slowest if slowest is not None and time.monotonic() - begun[slowest] > limit else None

    def _elsewhere(self, piece: Piece) -> bool:
        """Return whether there is a place where the grader did not fail on a submission."""
        return any(count > 0 and place not in piece.failed_at for place, count in self._slots.items())

    def _end(self, piece: Piece, place: str) -> None:
        del piece.running[place]
        if not piece.running:
            self._running.discard(piece)

    def _put_back(self, piece: Piece) -> None:
        """Let a submission be graded next, unless it has its result, or is still being graded."""
        if not piece.is_done and not piece.running:
            if piece.is_begun:
                piece.is_begun = False
                self.progress.give_back(piece.entry)
            self._waiting.appendleft(piece)
            self._changed.notify_all()

    def _count(self, piece: Piece, done: Done) -> None:
        """Let this be the result, if it is the first one."""
        if not piece.is_done:
            piece.is_done = True
            self._running.discard(piece)
            if piece.is_begun:
                self.progress.end(piece.entry)
            self.results.put(done)
