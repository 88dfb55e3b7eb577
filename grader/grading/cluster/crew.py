"""The workers of a cluster that a run uses: those that come are compared, those that go are replaced."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from grader.grading.cluster.remote_worker import Reference, RemoteSlot, RemoteWorker
from grader.grading.cluster.settings import DOCS
from grader.grading.pool import Done, collect_and_grade
from grader.grading.worker_handle import WorkerLost, WorkRefused
from grader.records.worker_protocol import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from grader.grading.cluster.connection import Connection, Member
    from grader.grading.cluster.work_queue import WorkQueue
    from grader.grading.pool import ExamOf
    from grader.records.cluster_protocol import Opening
    from grader.submissions import Entry

LOOK_SECONDS: Final = 1.0
END_SECONDS: Final = 5.0
MAX_FAILURES: Final = 3
"""A worker that fails so often in a row is not used any more: one with a full disk would try them all."""
REFUSED: Final = "The worker {} is refused: {}."
SET_ASIDE: Final = "The worker {} is not used any more: it failed {} times in a row, at last because {}."
AGAIN: Final = "{} This holds for {} more."
NONE_CAN: Final = "No worker of {} can grade. {}"
NONE_CAME: Final = (
    "No worker came to {} within {:.0f} s. Start some ({} says how); the same command again goes on."
)


class Crew:
    """The workers that a run uses, each with the threads that wait for its slots. The constructor begins.

    Args:
        connection: leads to them.
        opening: the run.
        reference: what they have to be like.
        work: what they have to grade.
        max_slots: how many submissions are graded in parallel, at most.
        print_line: receives sentences for the instructor.
    """

    def __init__(
        self,
        connection: Connection,
        opening: Opening,
        reference: Reference,
        work: WorkQueue,
        max_slots: int,
        print_line: Callable[[str], object],
    ) -> None:
        self._connection = connection
        self._opening = opening
        self._reference = reference
        self._work = work
        self._max_slots = max_slots
        self._print_line = print_line
        self._lock = threading.Lock()
        self._workers: dict[str, RemoteWorker] = {}
        self._slots: Counter[str] = Counter()  # by address, also those that start
        self._numbers: dict[str, set[int]] = {}  # of the slots on each machine
        self._failures: Counter[str] = Counter()
        self._excluded: dict[str, str] = {}
        self._reasons: dict[str, list[str]] = {}
        self._first = threading.Event()
        self._begun = threading.Event()
        self._closed = threading.Event()
        self._modules: Collection[str] = ()
        self._exam_of: ExamOf = _no_exam
        self._last_slot = time.monotonic()
        connection.refresh()
        threading.Thread(target=self._watch, daemon=True).start()

    def wait_for_first(self) -> None:
        """Wait until a worker is ready. Raises `WorkRefused` if none can be, or none comes."""
        cluster = self._connection.cluster
        while not self._first.wait(LOOK_SECONDS):
            members = self._connection.members
            with self._lock:
                if members and members.keys() <= self._excluded.keys():
                    reasons = dict.fromkeys(self._excluded[one] for one in members)
                    raise WorkRefused(NONE_CAN.format(cluster.address, " ".join(reasons)))
            if self.seconds_without_worker() > cluster.limits.wait_seconds:
                raise WorkRefused(NONE_CAME.format(cluster.address, cluster.limits.wait_seconds, DOCS))

    def begin(self, modules: Collection[str], exam_of: ExamOf) -> None:
        """Let the slots take submissions."""
        self._modules, self._exam_of = modules, exam_of
        self._begun.set()

    def seconds_without_worker(self) -> float:
        """Return for how long no slot has been ready or starting."""
        with self._lock:
            if self._slots.total():
                self._last_slot = time.monotonic()
            return time.monotonic() - self._last_slot

    def close(self) -> None:
        """End the run on all workers, without waiting for one that doesn't answer."""
        self._closed.set()
        self._begun.set()
        with self._lock:
            ends = [threading.Thread(target=one.end, daemon=True) for one in self._workers.values()]
        for thread in ends:
            thread.start()
        until = time.monotonic() + END_SECONDS
        for thread in ends:
            thread.join(max(0.0, until - time.monotonic()))
        for sentence, *others in self._reasons.values():
            if others:
                self._print_line(AGAIN.format(sentence, len(others)))

    def _watch(self) -> None:
        """Begin with workers that come, and forget those that went."""
        for member in self._connection.members.values():
            self._use(member)
        while not self._closed.wait(LOOK_SECONDS):
            self._connection.refresh()
            self._forget_gone()
            for member in self._connection.members.values():
                self._use(member)

    def _forget_gone(self) -> None:
        """Stop renewing the lease on workers that are gone."""
        with self._lock:
            gone = [one for one in self._workers if one not in self._connection.members]
            for address in gone:
                self._workers.pop(address).forget()

    def _use(self, member: Member) -> None:
        """Begin with a worker, as far as the limits allow it."""
        limits = self._connection.cluster.limits
        with self._lock:
            if member.address in self._excluded or self._slots[member.address]:
                return
            used = sum(count > 0 for count in self._slots.values())
            if limits.workers is not None and used >= limits.workers:
                return
            wanted = min(member.threads, limits.submissions_per_worker or member.threads)
            count = min(wanted, self._max_slots - self._slots.total())
            if count <= 0:
                return
            self._slots[member.address] = count
            worker = self._workers[member.address] = RemoteWorker(self._connection, member, self._opening)
        threading.Thread(target=self._prepare, args=(worker, count), daemon=True).start()

    def _prepare(self, worker: RemoteWorker, count: int) -> None:
        """Compare a worker, send it the course, and have its slots start."""
        member = worker.member
        try:
            worker.require_like(self._reference)
            worker.open()
        except (WorkRefused, WorkerLost) as end:
            self._note(member, end)
            with self._lock:
                self._slots[member.address] -= count
            return
        with self._lock:
            taken = self._numbers.setdefault(member.machine, set())
            numbers = [number for number in range(len(taken) + count) if number not in taken][:count]
            taken.update(numbers)
            of = max(taken) + 1
        for number in numbers:
            slot = RemoteSlot(worker, number, of)
            threading.Thread(target=self._serve, args=(slot,), daemon=True).start()

    def _serve(self, slot: RemoteSlot) -> None:
        """Have a slot grade until nothing is left to do, or its worker is gone or excluded."""
        member = slot.worker.member
        while not self._closed.is_set():
            try:
                if not slot.start(self._reference):
                    break  # the GPUs of its machine are shared by as many as they can be
                self._first.set()
                self._begun.wait()
                self._grade(slot)
            except (WorkRefused, WorkerLost) as end:
                if self._note(member, end):
                    break
                self._closed.wait(LOOK_SECONDS)
        with self._lock:
            self._slots[member.address] -= 1
            self._numbers[member.machine].discard(slot.number)

    def _grade(self, slot: RemoteSlot) -> None:
        """Grade until nothing is left to do. Raises `WorkRefused` or `WorkerLost`."""
        place = slot.worker.member.address
        self._work.join(place)
        try:
            while (piece := self._work.take(place)) is not None:
                try:
                    done = collect_and_grade(slot, piece.entry, self._modules, self._exam_of)
                except (WorkRefused, WorkerLost) as end:
                    self._work.give_back(piece, place, str(end))
                    raise
                except Exception as bug:  # noqa: BLE001 - else the run would wait for this one for ever
                    done = Done(piece.entry, Fault(f"The grader failed: {bug!r}"))
                self._work.finish(piece, place, done)
                if isinstance(done.outcome, Fault) and done.outcome.retry:
                    raise WorkerLost(done.outcome.message)
                self._failures[place] = 0
        finally:
            self._work.leave(place)

    def _note(self, member: Member, end: WorkRefused | WorkerLost) -> bool:
        """Exclude a worker that is refused or failed too often in a row; return whether it is not used."""
        address = member.address
        if self._closed.is_set() or address not in self._connection.members:
            return True
        with self._lock:
            if address in self._excluded:
                return True
            self._failures[address] += 1
            reason = str(end).rstrip(".")
            if isinstance(end, WorkRefused):
                sentence = REFUSED.format(member, reason)
            elif self._failures[address] >= MAX_FAILURES:
                sentence = SET_ASIDE.format(member, MAX_FAILURES, reason)
            else:
                return False
            self._excluded[address] = sentence
            alike = self._reasons.setdefault(reason, [])
            alike.append(sentence)
            is_new = len(alike) == 1
        if is_new:
            self._print_line(sentence)
        return True


def _no_exam(_entry: Entry, _sha256: str) -> int:
    raise OSError("the run has not begun")
