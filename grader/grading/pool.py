"""The parallel workers of a grading run. A worker that fails doesn't affect the others."""

from __future__ import annotations

import contextlib
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from grader.grading import run_folder
from grader.grading.progress import Progress
from grader.grading.worker_handle import WorkerLost, WorkerSlot, WorkRefused
from grader.records.sources import NotRead
from grader.records.worker_protocol import Fault
from grader.submissions import NoCode, Unreadable, collect

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from types import TracebackType

    from grader.records.worker_protocol import Config, Graded, Outline, Ready
    from grader.submissions import Entry, HandIn

    ExamOf = Callable[[Entry, str], int]


class SubmissionSlot(Protocol):
    """Where one submission at a time is graded: here, or on another machine."""

    def grade(self, hand_in: HandIn, exam: int) -> Graded | NotRead | Fault:
        """Return the results of one submission, or why there are none.

        Raises `WorkRefused`, or `WorkerLost` if none can be graded here any more.
        """


@dataclass(frozen=True, slots=True)
class Done:
    """A submission and what became of it.

    Args:
        entry: the submission.
        outcome: its results, or why there are none.
        sha256: the hash of what was handed in, if it could be collected.
    """

    entry: Entry
    outcome: Graded | NotRead | Fault
    sha256: str = ""


class Pool:
    """Slots with a worker each. As a context manager it starts the first, and ends all on exit.

    `progress` tells how far it is.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.slots: list[WorkerSlot] = []
        self.progress = Progress()
        self._resources = contextlib.ExitStack()

    def __enter__(self) -> Self:
        folder = self._resources.enter_context(run_folder.created())
        self.config = msgspec.structs.replace(self.config, run_folder=str(folder.path))
        self.grow(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for slot in self.slots:
            slot.close()
        for slot in self.slots:
            slot.discard()
        self._resources.close()

    def grow(self, size: int) -> None:
        """Start more workers, up to `size`."""
        while len(self.slots) < size:
            self.slots.append(WorkerSlot(msgspec.structs.replace(self.config, worker_number=len(self.slots))))
            self.slots[-1].start()

    def outline(self) -> Outline:
        """Return the outline of the course from a worker. Raises `WorkRefused` or `WorkerLost`."""
        return self.slots[0].outline()

    def wait_until_ready(self) -> Ready:
        """Wait until the first worker can grade. Raises `WorkRefused` or `WorkerLost`."""
        return self.slots[0].get_ready().wait_until_ready()

    def grade(self, entries: Sequence[Entry], modules: Collection[str], *, exam_of: ExamOf) -> Iterator[Done]:
        """Grade submissions; yield each with its outcome as soon as it is done, in any order.

        A submission is collected when a worker is free for it, so that no more of them are in memory than
        there are workers. Once no worker can be started any more, the remaining ones are yielded with a
        `Fault`.

        Args:
            entries: the submissions.
            modules: the section modules of the course.
            exam_of: returns the number of the exam that a submission sits, by what was handed in. Raises
                `OSError`.

        Raises:
            WorkRefused: no worker can grade on this machine.
        """
        self.progress.expect(len(entries))
        to_do: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        for entry in entries:
            to_do.put(entry)
        done: queue.SimpleQueue[Done | WorkerLost | WorkRefused] = queue.SimpleQueue()
        for slot in self.slots:
            threading.Thread(
                target=_grade_from_queue,
                args=(slot, modules, exam_of, to_do, done, self.progress),
                daemon=True,
            ).start()
        working, left = len(self.slots), len(entries)
        try:
            while left:
                outcome = done.get()
                if isinstance(outcome, WorkRefused):
                    raise outcome
                if isinstance(outcome, WorkerLost):
                    working -= 1
                    if not working:
                        yield from _as_faults(to_do, Fault(str(outcome)))
                        return
                else:
                    left -= 1
                    yield outcome
        finally:
            for _slot in self.slots:
                to_do.put(None)


def _grade_from_queue(
    slot: WorkerSlot,
    modules: Collection[str],
    exam_of: ExamOf,
    to_do: queue.SimpleQueue[Entry | None],
    done: queue.SimpleQueue[Done | WorkerLost | WorkRefused],
    progress: Progress,
) -> None:
    """Grade submissions from a queue until it yields None. If the slot fails, its submission goes back."""
    while (entry := to_do.get()) is not None:
        progress.begin(entry)
        try:
            outcome = collect_and_grade(slot, entry, modules, exam_of)
        except (WorkerLost, WorkRefused) as end:
            progress.give_back(entry)
            to_do.put(entry)
            done.put(end)
            return
        except Exception as bug:  # noqa: BLE001 - else the run would wait for this submission for ever
            outcome = Done(entry, Fault(f"The grader failed: {bug!r}"))
        progress.end(entry)
        done.put(outcome)


def collect_and_grade(slot: SubmissionSlot, entry: Entry, modules: Collection[str], exam_of: ExamOf) -> Done:
    """Collect a submission and have it graded. Raises `WorkerLost` or `WorkRefused`."""
    try:
        hand_in = collect(entry, modules)
    except Unreadable as unreadable:
        return Done(entry, NotRead(unreadable.reason, isinstance(unreadable, NoCode)))
    except OSError as error:
        return Done(entry, Fault(f"It can't be read: {error}"))
    try:
        exam = exam_of(entry, hand_in.sha256)
    except OSError as error:
        return Done(entry, Fault(f"Its attempt can't be written down: {error}"), hand_in.sha256)
    return Done(entry, slot.grade(hand_in, exam), hand_in.sha256)


def _as_faults(to_do: queue.SimpleQueue[Entry | None], fault: Fault) -> Iterator[Done]:
    while not to_do.empty():
        if (entry := to_do.get()) is not None:
            yield Done(entry, fault)
