"""The messages between a grading run and its workers: the configuration, then one submission after another.

The run itself imports neither torch nor the course. Each worker does, and reports what the run has to know.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.records.sources import NotRead, PassedOver
from grader.records.verdict import ExerciseResult
from grader.records.written import WrittenAnswers

Attempts = Literal["best", "last"]
DataSize = Literal["subset", "full"]
"""The part of a course's data set that models are trained on: the images that ship with it, or all."""
Sandbox = Literal["full", "weak", "none"]


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a worker; together with the submission they determine all verdicts.

    Args:
        course: the course's folder.
        only: the exercises; empty for all.
        seed: the seed of the exams.
        device: the device of tensors, as `--device` names it.
        worker_number: the number of this worker, from 0; workers are distributed over the GPUs.
        jobs: the largest number of workers.
        jobs_chosen: whether a person chose this number, and not the number of cores.
        is_single: whether the run has one submission only.
        run_folder: the run's temporary folder (see `grader.grading.run_folder`); None without a run.
        sandbox: "full": all layers are required; "weak": those that the machine has; "none": limits only.
        attempts: which definitions of a name count.
        data: the part of the data set that models are trained on.
        images: the folder with these images; None for the course's own.
    """

    course: str
    only: tuple[str, ...] = ()
    seed: int = 0
    device: str = "cpu"
    worker_number: int = 0
    jobs: int = 1
    jobs_chosen: bool = False
    is_single: bool = False
    run_folder: str | None = None
    sandbox: Sandbox = "full"
    attempts: Attempts = "best"
    data: DataSize = "subset"
    images: str | None = None


class Job(msgspec.Struct, frozen=True):
    """A submission to grade, and the number of the exam that it sits.

    What was handed in is an encoded `grader.submissions.HandIn`: whoever passes it on need not read it.
    """

    exam: int
    hand_in: msgspec.Raw


class Outline(msgspec.Struct, frozen=True, tag=True):
    """What a run has to know of a course.

    Args:
        unreadable_results: the results of a submission that can't be read: every exercise, without points.
        checks: the fingerprint of the course's checks and references.
        torch: torch's version, without the kind of build.
        device: the devices in use, as `grader.records.devices.device_label` returns them.
        seconds: timeout for one submission; a worker that takes longer hangs.
        max_workers: how many workers may share the GPUs; None if no GPU is used.
    """

    unreadable_results: tuple[ExerciseResult, ...]
    checks: str
    torch: str
    device: str
    seconds: float
    max_workers: int | None = None


class MissingLayer(msgspec.Struct, frozen=True):
    """A layer of the sandbox that was missing.

    Args:
        name: its name.
        opens: what a submission can do for that reason, in a sentence.
        reason: why it was missing.
    """

    name: str
    opens: str
    reason: str

    @property
    def sentences(self) -> str:
        """What to tell an instructor."""
        return f"{self.opens} Reason: {self.reason.rstrip('.')}."


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker's sandbox runs, and submissions can be sent.

    Args:
        missing: the layers that its sandbox lacks.
        advice: a sentence about the device, for who started the run; "" if there is nothing to say.
    """

    missing: tuple[MissingLayer, ...] = ()
    advice: str = ""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """No worker on this machine can do this; the message says what to do."""

    message: str


class StartFailure(msgspec.Struct, frozen=True, tag=True):
    """The sandbox of a worker can't be started, for a reason that another worker would have, too.

    The first line of the message is the cause.
    """

    message: str


class Graded(msgspec.Struct, frozen=True, tag=True):
    """A submission was graded, in a sandbox of these `layers`, without those that were `missing`.

    Files were `passed_over` for these reasons. `exam` is the number of the exam that it sat. `unrelated` says
    why nothing in it is of this course; "" if something is. `written` is what is written about sections.
    """

    results: tuple[ExerciseResult, ...]
    layers: tuple[str, ...]
    seconds: float
    missing: tuple[MissingLayer, ...] = ()
    passed_over: PassedOver = ()
    exam: int = 1
    unrelated: str = ""
    written: WrittenAnswers = ()


class Fault(msgspec.Struct, frozen=True, tag=True):
    """A submission could not be graded, which is not the student's fault.

    `retry` is set where another worker may succeed.
    """

    message: str
    retry: bool = False


Message = Outline | Ready | Refused | StartFailure | Graded | NotRead | Fault
