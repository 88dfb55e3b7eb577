"""The messages between a grading run and the machines of a cluster, beside those of `worker_protocol`."""

from __future__ import annotations

import msgspec

from grader.records.sources import NotRead
from grader.records.worker_protocol import Config, Fault, Graded, Refused


class Software(msgspec.Struct, frozen=True, tag=True):
    """The software that a machine grades with: versions without the kind of build."""

    gradbook: str
    torch: str
    python: str
    pandas: str


class Opening(msgspec.Struct, frozen=True):
    """What a machine has to know of a run, once.

    Args:
        run: the run's name, which no other run has.
        config: how to grade. The paths in it are those of another machine and are not used.
        lease: the run has to be renewed before so many seconds are over; else its machine ends it.
        course: the course, as `grader.course.course_files.packed` returns it.
        full_data: the hash of the full data set, if the run trains on it; else "".
    """

    run: str
    config: Config
    lease: float
    course: bytes
    full_data: str = ""


class Opened(msgspec.Struct, frozen=True, tag=True):
    """The course is there."""


class Hosted(msgspec.Struct, frozen=True, tag=True):
    """A worker process is ready on a machine.

    Args:
        checks: the fingerprint of the course that it has loaded.
        torch: torch's version, without the kind of build.
        device: the devices in use.
        seconds: timeout for one submission.
        max_workers: how many workers may share the GPUs of the machine; None if no GPU is used.
        missing: the names of the layers that its sandbox lacks.
    """

    checks: str
    torch: str
    device: str
    seconds: float
    max_workers: int | None = None
    missing: tuple[str, ...] = ()


class Gone(msgspec.Struct, frozen=True, tag=True):
    """The machine doesn't know the run, or not any more: it has to be opened there (again)."""


Answer = Software | Opened | Hosted | Gone | Refused | Graded | NotRead | Fault
"""What comes back from a machine."""
