"""What runs in a Dask worker: one run's worker processes on this machine.

Dask calls the functions of this module; what they take and return is encoded, or text and numbers. The state
of a run is kept here under its name. It ends when the run says so, or when its lease was not renewed in time:
then the run's process is gone or can't reach this machine. If this process is killed, its worker processes
notice and end, and the last one removes the run's folder.
"""

from __future__ import annotations

import contextlib
import platform
import threading
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import msgspec

from grader import __version__
from grader.course import course_files
from grader.course.course_toml import data_set
from grader.datasets.errors import DataError
from grader.grading import run_folder
from grader.grading.worker_handle import WorkerLost, WorkerSlot, WorkRefused
from grader.records.cluster_protocol import Gone, Hosted, Opened, Opening, Software
from grader.records.worker_protocol import Fault, Job, Refused
from grader.submissions import HandIn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NO_FULL_DATA: Final = (
    "--data full needs the full {} on each worker, and it isn't there. Download it there, or leave --data out"
)
OTHER_FULL_DATA: Final = "the full {} in {} is not the one that the run trains on: get it again"

_runs: dict[str, HostedRun] = {}
_opening = threading.Lock()


class HostedRun:
    """A run on this machine: a folder with the course, and a slot for each submission at a time.

    Raises:
        WorkRefused: the full data set is missing or another one.
        OSError: the course can't be written.
    """

    def __init__(self, opening: Opening) -> None:
        self._slots: dict[int, WorkerSlot] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._lease = opening.lease
        self.renew()
        with contextlib.ExitStack() as undo:
            folder = undo.enter_context(run_folder.created()).path
            course = run_folder.content(folder) / "course"
            course_files.unpack(opening.course, course)
            self._config = msgspec.structs.replace(
                opening.config,
                course=str(course),
                run_folder=str(folder),
                images=full_data(course, opening.full_data) if opening.full_data else None,
            )
            self._undo = undo.pop_all()
        threading.Thread(target=self._wait_and_close, args=(opening.run,), daemon=True).start()

    def slot(self, number: int, of: int) -> WorkerSlot:
        """Return a slot of this machine, by its number. Raises `WorkerLost` if the run is over."""
        with self._lock:
            if self._ended.is_set():
                raise WorkerLost("the run is over")
            if number not in self._slots:
                self._slots[number] = WorkerSlot(
                    msgspec.structs.replace(self._config, worker_number=number, jobs=of)
                )
            return self._slots[number]

    def renew(self) -> None:
        """Extend the lease."""
        self._until = time.monotonic() + self._lease

    def has_ended(self) -> bool:
        """Return whether the run is over here."""
        return self._ended.is_set()

    def end(self) -> None:
        """End the run soon, without waiting for it."""
        self._ended.set()

    def _wait_and_close(self, name: str) -> None:
        while (left := self._until - time.monotonic()) > 0 and not self._ended.wait(left):
            pass
        with self._lock:
            self._ended.set()
        _runs.pop(name, None)
        for slot in self._slots.values():
            slot.close()
        for slot in self._slots.values():
            slot.discard()
        self._undo.close()


def full_data(course: Path, expected: str) -> str:
    """Return the folder of the full data set on this machine. Raises `WorkRefused`."""
    wanted = data_set(course)
    try:
        found = wanted.find_full()
        if found is None:
            raise WorkRefused(NO_FULL_DATA.format(wanted.title))
        if wanted.content_hash(found) != expected:
            raise WorkRefused(OTHER_FULL_DATA.format(wanted.title, found))
    except DataError as error:
        raise WorkRefused(str(error)) from error
    return str(found.resolve())


def call(name: str, *arguments: str | int | bytes) -> bytes:
    """Call one of the functions below that take a thread's time, by its name.

    What they raise becomes a `Fault`: Dask would have to pickle it, and can't always.
    """
    functions: dict[str, Callable[..., bytes]] = {
        one.__name__: one for one in (software, open_run, start_slot, grade)
    }
    try:
        return functions[name](*arguments)
    except Exception as error:  # noqa: BLE001 - a full disk, a bug: it is told, and others go on
        return msgspec.msgpack.encode(Fault(f"{type(error).__name__}: {error}", retry=True))


def software() -> bytes:
    """Return the versions that this machine would grade with, an encoded `Software`."""
    torch = version("torch").partition("+")[0]
    return msgspec.msgpack.encode(Software(__version__, torch, platform.python_version(), version("pandas")))


def open_run(opening: bytes) -> bytes:
    """Begin a run, given an encoded `Opening`, unless it is open. Return `Opened` or `Refused`, encoded.

    Raises `OSError`.
    """
    decoded = msgspec.msgpack.decode(opening, type=Opening)
    with _opening:
        if decoded.run not in _runs:
            try:
                _runs[decoded.run] = HostedRun(decoded)
            except WorkRefused as refused:
                return msgspec.msgpack.encode(Refused(str(refused)))
    return msgspec.msgpack.encode(Opened())


def start_slot(run: str, number: int, of: int) -> bytes:
    """Start a worker process and wait until it is ready.

    Return `Hosted`, `Refused`, `Fault` or `Gone`, encoded.
    """
    return msgspec.msgpack.encode(_started(run, number, of))


def grade(run: str, number: int, of: int, job: bytes) -> bytes:
    """Grade an encoded `Job`. Return `Graded`, `NotRead`, `Refused`, `Fault` or `Gone`, encoded."""
    decoded = msgspec.msgpack.decode(job, type=Job)
    hand_in = msgspec.msgpack.decode(decoded.hand_in, type=HandIn)
    hosted = _runs.get(run)
    if hosted is None:
        return msgspec.msgpack.encode(Gone())
    try:
        outcome = hosted.slot(number, of).grade(hand_in, decoded.exam)
        is_over = hosted.has_ended() and isinstance(outcome, Fault)
        return msgspec.msgpack.encode(Gone() if is_over else outcome)
    except WorkRefused as refused:
        return msgspec.msgpack.encode(Refused(str(refused)))
    except WorkerLost as lost:
        return msgspec.msgpack.encode(Gone() if hosted.has_ended() else Fault(str(lost), retry=True))


def renew(run: str) -> bool:
    """Extend the lease of a run; return whether it is open. Quick: Dask's event loop calls it."""
    hosted = _runs.get(run)
    if hosted is not None:
        hosted.renew()
    return hosted is not None


def end(run: str) -> None:
    """End a run soon. Quick: Dask's event loop calls it."""
    hosted = _runs.get(run)
    if hosted is not None:
        hosted.end()


def _started(run: str, number: int, of: int) -> Hosted | Refused | Fault | Gone:
    hosted = _runs.get(run)
    if hosted is None:
        return Gone()
    try:
        worker = hosted.slot(number, of).get_ready()
        outline, ready = worker.outline(), worker.wait_until_ready()
    except WorkRefused as refused:
        return Refused(str(refused))
    except WorkerLost as lost:
        return Gone() if hosted.has_ended() else Fault(str(lost), retry=True)
    missing = tuple(layer.name for layer in ready.missing)
    return Hosted(
        outline.checks, outline.torch, outline.device, outline.seconds, outline.max_workers, missing
    )
