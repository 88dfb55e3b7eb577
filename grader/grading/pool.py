"""The parallel workers of a grading run. A worker that fails doesn't affect the others."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, Self

import msgspec

from grader.grading import run_folder
from grader.grading.worker_handle import WorkerLost, WorkerSlot, WorkRefused
from grader.records.worker_protocol import Fault, Graded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from grader.records.worker_protocol import Config, Outline, Ready
    from grader.submissions import Submission

    Outcome = tuple[Submission, Graded | Fault]


class Pool:
    """Slots with a worker each. As a context manager it starts the first, and ends all on exit."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.slots: list[WorkerSlot] = []
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

    def grade(self, submissions: Sequence[Submission]) -> Iterator[Outcome]:
        """Grade submissions; yield each with its outcome as soon as it is done, in any order.

        Once no worker can be started any more, the remaining submissions are yielded with a `Fault`.

        Raises:
            WorkRefused: no worker can grade on this machine.
        """
        to_do: queue.SimpleQueue[Submission | None] = queue.SimpleQueue()
        for submission in submissions:
            to_do.put(submission)
        done: queue.SimpleQueue[Outcome | WorkerLost | WorkRefused] = queue.SimpleQueue()
        for slot in self.slots:
            threading.Thread(target=_grade_from_queue, args=(slot, to_do, done), daemon=True).start()
        working, left = len(self.slots), len(submissions)
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
    to_do: queue.SimpleQueue[Submission | None],
    done: queue.SimpleQueue[Outcome | WorkerLost | WorkRefused],
) -> None:
    """Grade submissions from a queue until it yields None. If the slot fails, its submission goes back."""
    while (submission := to_do.get()) is not None:
        try:
            done.put((submission, slot.grade(submission)))
        except (WorkerLost, WorkRefused) as end:
            to_do.put(submission)
            done.put(end)
            return
        except Exception as bug:  # noqa: BLE001 - else the run would wait for this submission for ever
            done.put((submission, Fault(f"The grader failed: {bug!r}")))


def _as_faults(to_do: queue.SimpleQueue[Submission | None], fault: Fault) -> Iterator[Outcome]:
    while not to_do.empty():
        if (submission := to_do.get()) is not None:
            yield submission, fault
