"""The workers of a grading run, side by side: what one of them does or suffers is nothing to the others."""

from __future__ import annotations

import contextlib
import queue
import tempfile
import threading
from typing import TYPE_CHECKING, Self

import msgspec

from grader.grading.worker_handle import Slot, WorkerLost, WorkRefused
from grader.records.worker_protocol import Fault, Marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from grader.records.worker_protocol import Config, Outline
    from grader.submissions import Submission

    Outcome = tuple[Submission, Marked | Fault]


class Pool:
    """Slots with a worker each. As a context manager it starts the first, and ends them all on leaving."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.slots: list[Slot] = []
        self.running = contextlib.ExitStack()

    def __enter__(self) -> Self:
        turns = self.running.enter_context(tempfile.TemporaryDirectory(prefix="gradbook-"))
        self.config = msgspec.structs.replace(self.config, turns=turns)
        self.grow(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for slot in self.slots:
            slot.close()
        for slot in self.slots:
            slot.drop()
        self.running.close()

    def grow(self, size: int) -> None:
        """Start more workers, up to `size`."""
        while len(self.slots) < size:
            self.slots.append(Slot(msgspec.structs.replace(self.config, place=len(self.slots))))
            self.slots[-1].start()

    def outline(self) -> Outline:
        """Return what a worker says of the course. Raises `WorkRefused` or `WorkerLost`."""
        return self.slots[0].outline()

    def mark(self, submissions: Sequence[Submission]) -> Iterator[Outcome]:
        """Grade submissions, and hand each over as soon as it is done; none is left out.

        Raises `WorkRefused`. Where no worker can be started any more, what is left comes as `Fault`.
        """
        to_do: queue.SimpleQueue[Submission | None] = queue.SimpleQueue()
        for submission in submissions:
            to_do.put(submission)
        said: queue.SimpleQueue[Outcome | WorkerLost | WorkRefused] = queue.SimpleQueue()
        for slot in self.slots:
            threading.Thread(target=_serve, args=(slot, to_do, said), daemon=True).start()
        working, left = len(self.slots), len(submissions)
        try:
            while left:
                heard = said.get()
                if isinstance(heard, WorkRefused):
                    raise heard
                if isinstance(heard, WorkerLost):
                    working -= 1
                    if not working:
                        yield from _given_up(to_do, Fault(str(heard)))
                        return
                else:
                    left -= 1
                    yield heard
        finally:
            for _slot in self.slots:
                to_do.put(None)


def _serve(
    slot: Slot,
    to_do: queue.SimpleQueue[Submission | None],
    said: queue.SimpleQueue[Outcome | WorkerLost | WorkRefused],
) -> None:
    """Grade what there is to do, until None comes or this slot can't go on; then another one may."""
    while (submission := to_do.get()) is not None:
        try:
            said.put((submission, slot.mark(submission)))
        except (WorkerLost, WorkRefused) as end:
            to_do.put(submission)
            said.put(end)
            return
        except Exception as bug:  # noqa: BLE001 - whoever waits for this submission would wait for ever
            said.put((submission, Fault(f"The grader failed: {bug!r}")))


def _given_up(to_do: queue.SimpleQueue[Submission | None], why: Fault) -> Iterator[Outcome]:
    while not to_do.empty():
        if (submission := to_do.get()) is not None:
            yield submission, why
