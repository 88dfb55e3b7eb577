"""What crosses between a grading run and its workers: a course goes in, then one submission after another.

The run itself imports neither torch nor the course: each worker does, and tells it what it must know.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.records.devices import Device
from grader.records.verdict import ExerciseResult

Attempts = Literal["best", "last"]
DataSet = Literal["subset", "full"]
Sandbox = Literal["full", "weak", "none"]


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """All that verdicts follow from, besides the submission.

    Args:
        course: the course's folder.
        only: the exercises; none stands for all.
        seed: of the exam.
        device: where tensors live.
        place: the number of this worker, from 0; workers take the GPUs in turn.
        jobs: how many workers there may be.
        turns: the folder by which workers that share a GPU wait for each other.
        sandbox: "full": every layer of the wall must hold; "weak": those that there are; "none": limits only.
        attempts: which definitions of a name count.
        data: the set of images that models are trained on.
        images: the folder that holds these images; None stands for the course's own.
    """

    course: str
    only: tuple[str, ...] = ()
    seed: int = 0
    device: Device = "cpu"
    place: int = 0
    jobs: int = 1
    turns: str | None = None
    sandbox: Sandbox = "full"
    attempts: Attempts = "best"
    data: DataSet = "subset"
    images: str | None = None


class Outline(msgspec.Struct, frozen=True, tag=True):
    """What a run must know of a course.

    Args:
        unread: the results of a submission that can't be read: every exercise, without points.
        checks: the fingerprint of all that verdicts follow from.
        torch: torch's version, without the kind of build.
        device: the devices that were chosen, as `grader.records.devices.named` names them.
        seconds: how long one submission may take at most; more, and the worker hangs.
        room: how many workers the GPUs have memory for; None where none is used.
    """

    unread: tuple[ExerciseResult, ...]
    checks: str
    torch: str
    device: str
    seconds: float
    room: int | None = None


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker's wall stands."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """No worker on this machine could do this work; the message says what to do."""

    message: str


class Marked(msgspec.Struct, frozen=True, tag=True):
    """A submission is graded; `layers` of the wall held."""

    results: tuple[ExerciseResult, ...]
    layers: tuple[str, ...]
    seconds: float


class Fault(msgspec.Struct, frozen=True, tag=True):
    """A submission could not be graded, and that isn't its student's fault.

    `again` is set where another worker may do better.
    """

    message: str
    again: bool = False


Message = Outline | Ready | Refused | Marked | Fault
