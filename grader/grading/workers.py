"""The workers of a run: started together, and what they report about the course."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import msgspec

from grader.grading.pool import Pool
from grader.grading.several_attempts import hashed
from grader.grading.worker_handle import WorkerLost, WorkRefused
from grader.records.devices import CPU
from grader.reporting.output_dir import UsageError
from grader.reporting.report import run_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.grading.cluster.cluster_pool import ClusterPool
    from grader.grading.cluster.settings import Cluster
    from grader.grading.pool import Done
    from grader.records.worker_protocol import Config, MissingLayer, Outline
    from grader.reporting.attempts import Attempts
    from grader.reporting.report import RunContext
    from grader.submissions import Entry

Answer = TypeVar("Answer")

CANNOT_START: Final = (
    "Nothing was graded, because grading can't start on this machine: {}.\n"
    "`grader doctor` checks the machine, and says so as soon as grading can start."
)


UNSAFE_CLUSTER: Final = (
    "--cluster and --sandbox none can't be used together: without a sandbox, submitted code could send "
    "commands to the scheduler, and so to every machine of the cluster."
)


class GraderFailed(Exception):
    """Nothing could be graded, through a fault of the grader."""


class Listener(Protocol):
    """Receives sentences for the instructor."""

    def print_line(self, text: str) -> None:
        """Receive a sentence."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers of a run, and what they report about the course.

    Args:
        pool: the workers.
        outline: what a run has to know of the course.
        context: what all reports of the run have in common.
    """

    pool: Pool | ClusterPool
    outline: Outline
    context: RunContext

    def wait_until_ready(self, listener: Listener) -> tuple[MissingLayer, ...]:
        """Return the layers that the sandbox lacks. Raises `UsageError` or `GraderFailed`."""
        ready = ask_pool(self.pool.wait_until_ready)
        if ready.advice:
            listener.print_line(ready.advice)
        return ready.missing


@contextlib.contextmanager
def workers(
    config: Config, jobs: int, listener: Listener, cluster: Cluster | None = None, *, is_single: bool
) -> Iterator[Workers]:
    """Provide workers, which are starting: on this machine, or on a cluster.

    Raises `UsageError` or `GraderFailed`.
    """
    config = msgspec.structs.replace(config, jobs=jobs, is_single=is_single)
    with pool_for(config, cluster, listener) as pool:
        if config.device == CPU:  # the others start while the first one loads the course
            pool.grow(jobs)
        outline = ask_pool(pool.outline)
        pool.grow(jobs if outline.max_workers is None else min(jobs, outline.max_workers))
        yield Workers(pool, outline, run_context(config, outline))


@contextlib.contextmanager
def pool_for(config: Config, cluster: Cluster | None, listener: Listener) -> Iterator[Pool | ClusterPool]:
    """Provide a pool of workers: on this machine, or on a cluster. Raises `UsageError`."""
    if cluster is None:
        with Pool(config) as pool:
            yield pool
        return
    if config.sandbox == "none":
        raise UsageError(UNSAFE_CLUSTER)
    from grader.grading.cluster.cluster_pool import ClusterPool  # Dask is an extra

    with ClusterPool(config, cluster, listener.print_line) as cluster_pool:
        yield cluster_pool


def ask_pool(question: Callable[[], Answer]) -> Answer:
    """Return what a worker answers while it starts. Raises `UsageError` or `GraderFailed`."""
    try:
        return question()
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused
    except WorkerLost as lost:
        raise GraderFailed(CANNOT_START.format(str(lost).rstrip("."))) from lost


def grade_all(
    pool: Pool | ClusterPool, entries: Sequence[Entry], modules: frozenset[str], attempts: Attempts
) -> Iterator[Done]:
    """Grade submissions, in any order. Raises `UsageError` if no worker can grade on this machine."""

    def exam_of(entry: Entry, sha256: str) -> int:
        return attempts.number(entry.name, hashed(sha256))

    try:
        yield from pool.grade(entries, modules, exam_of=exam_of)
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused
