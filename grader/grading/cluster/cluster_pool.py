"""A cluster as a pool of workers.

One worker process on this machine comes first: it says what the course is, and what the others have to be
like.
"""

from __future__ import annotations

import contextlib
import queue
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import msgspec

from grader.course import course_files
from grader.course.course_toml import data_set
from grader.grading.cluster.connection import Connection
from grader.grading.cluster.crew import LOOK_SECONDS, Crew
from grader.grading.cluster.remote_worker import Reference
from grader.grading.cluster.settings import ClusterError
from grader.grading.cluster.work_queue import WorkQueue
from grader.grading.pool import Pool
from grader.grading.progress import Progress
from grader.records.cluster_protocol import Opening
from grader.records.worker_protocol import Fault
from grader.reporting import report
from grader.reporting.output_dir import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from types import TracebackType

    from grader.grading.cluster.settings import Cluster
    from grader.grading.pool import Done, ExamOf
    from grader.records.worker_protocol import Config, Outline, Ready
    from grader.submissions import Entry

LEASE_SECONDS: Final = 60.0
"""What a run that was killed leaves on the workers is gone after this time."""
NONE_LEFT: Final = "no worker of {} was left to grade it, and none came within {:.0f} s"


class ClusterPool:
    """Has a cluster grade. It is used like `grader.grading.pool.Pool`; `progress` tells how far it is.

    Args:
        config: how to grade.
        cluster: where it is.
        print_line: receives sentences for the instructor.
    """

    def __init__(self, config: Config, cluster: Cluster, print_line: Callable[[str], object]) -> None:
        self.config = config
        self.cluster = cluster
        self._print_line = print_line
        self._local = Pool(config)
        self._outline: Outline | None = None
        self._ready: Ready | None = None
        self.progress = Progress()
        self._work = WorkQueue(self.progress)
        self._slots = 0
        self._crew: Crew | None = None
        self._here = contextlib.ExitStack()
        self._resources = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as undo:
            try:
                self._connection = Connection(self.cluster)
            except ClusterError as error:
                raise UsageError(str(error)) from error
            undo.callback(self._connection.close)
            undo.push(self._here)
            self._here.enter_context(self._local)
            self._resources = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._work.close()
        if self._crew is not None:
            self._crew.close()
        self._resources.close()

    def grow(self, size: int) -> None:
        """Use at most so many slots."""
        self._slots = size

    def outline(self) -> Outline:
        """Return the outline of the course. Raises `WorkRefused` or `WorkerLost`."""
        if self._outline is None:
            # How many workers share the GPUs of this machine says nothing of the others.
            self._outline = msgspec.structs.replace(self._local.outline(), max_workers=None)
        return self._outline

    def wait_until_ready(self) -> Ready:
        """Wait until a worker of the cluster can grade. Raises `WorkRefused` or `WorkerLost`."""
        if self._ready is None:
            outline = self.outline()
            self._ready = self._local.wait_until_ready()
            versions = report.run_context(self.config, outline).versions
            reference = Reference.of(versions, outline, self._ready.missing)
            self._crew = Crew(
                self._connection,
                opening_of(self.config),
                reference,
                self._work,
                self._slots,
                self._print_line,
            )
            self._crew.wait_for_first()
            self._here.close()
        return self._ready

    def grade(self, entries: Sequence[Entry], modules: Collection[str], *, exam_of: ExamOf) -> Iterator[Done]:
        """Grade submissions; yield each with its outcome as soon as it is done, in any order.

        Once no worker has been there for a while, the remaining ones are yielded with a `Fault`.

        Args:
            entries: the submissions.
            modules: the section modules of the course.
            exam_of: returns the number of the exam that a submission sits, by what was handed in. Raises
                `OSError`.
        """
        assert self._crew is not None or not entries  # noqa: S101 - `wait_until_ready` came before
        if self._crew is None:
            return
        self.progress.expect(len(entries))
        self._crew.begin(modules, exam_of)
        self._work.add(entries)
        left = len(entries)
        while left:
            try:
                yield self._work.results.get(timeout=LOOK_SECONDS)
                left -= 1
            except queue.Empty:
                if self._crew.seconds_without_worker() > self.cluster.limits.wait_seconds:
                    message = NONE_LEFT.format(self.cluster.address, self.cluster.limits.wait_seconds)
                    self._work.fail(Fault(message, retry=True))


def opening_of(config: Config) -> Opening:
    """Return what a worker has to know of a run with this configuration. Raises `UsageError`."""
    course = Path(config.course)
    full_data = ""
    if config.images is not None and config.data == "full":
        full_data = data_set(course).content_hash(Path(config.images))
    without_paths = msgspec.structs.replace(
        config, course="", images=None, run_folder=None, jobs_chosen=False
    )
    return Opening(uuid.uuid4().hex, without_paths, LEASE_SECONDS, course_files.packed(course), full_data)
