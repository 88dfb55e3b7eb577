"""The report on one submission: `report.json`, read back to see what needs no grading again."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from grader import __version__
from grader.records.verdict import ExerciseResult
from grader.records.worker_protocol import Attempts, DataSet, Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.records.worker_protocol import Config, Outline

SCHEMA: Final = 1
FILE: Final = "report.json"

Status = Literal["graded", "unreadable", "not_graded"]


class Versions(msgspec.Struct, frozen=True):
    """With what a submission was graded."""

    gradbook: str
    torch: str
    python: str
    checks: str


class Settings(msgspec.Struct, frozen=True):
    """What was asked for, as far as verdicts follow from it."""

    only: tuple[str, ...]
    attempts: Attempts
    data: DataSet
    sandbox: Sandbox


class Terms(msgspec.Struct, frozen=True):
    """What all reports of one run have in common, and what must be the same for a report to be kept."""

    device: str
    seed: int
    versions: Versions
    settings: Settings


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found of one submission. Fields without a value are left out of the file.

    Args:
        schema: which description of these fields holds.
        submission: the submission's name.
        status: whether it was graded, could not be read, or could not be graded.
        message: why, where it wasn't graded.
        points: the sum of its exercises' points, without the bonus.
        max_points: the most that this sum could be.
        bonus: the sum of its exercises' bonus points.
        device: where its tensors lived.
        seed: of the exam.
        seconds: that grading took.
        sandbox: the layers of the wall that held.
        versions: with what it was graded.
        settings: what was asked for.
        content: the hash of what was handed in.
        exercises: their results, in the order of the course.
    """

    schema: int
    submission: str
    status: Status
    message: str = ""
    points: float | None = None
    max_points: float | None = None
    bonus: float | None = None
    device: str
    seed: int
    seconds: float
    sandbox: tuple[str, ...]
    versions: Versions
    settings: Settings
    content: str = ""
    exercises: tuple[ExerciseResult, ...]

    @property
    def terms(self) -> Terms:
        """On what terms it was graded."""
        return Terms(self.device, self.seed, self.versions, self.settings)


def terms_of(config: Config, outline: Outline) -> Terms:
    """Return the terms of a run."""
    return Terms(
        device=outline.device,
        seed=config.seed,
        versions=Versions(__version__, outline.torch, platform.python_version(), outline.checks),
        settings=Settings(tuple(sorted(config.only)), config.attempts, config.data, config.sandbox),
    )


def graded(
    name: str,
    terms: Terms,
    results: Sequence[ExerciseResult],
    *,
    content: str = "",
    layers: Sequence[str] = (),
    seconds: float = 0.0,
) -> Report:
    """Return the report on a submission that was graded."""
    return Report(
        schema=SCHEMA,
        submission=name,
        status="graded",
        points=total([result.points for result in results]),
        max_points=total([result.max_points for result in results]),
        bonus=total([result.bonus for result in results]),
        device=terms.device,
        seed=terms.seed,
        seconds=seconds,
        sandbox=tuple(layers),
        versions=terms.versions,
        settings=terms.settings,
        content=content,
        exercises=tuple(results),
    )


def unreadable(name: str, terms: Terms, unread: Sequence[ExerciseResult], reason: str) -> Report:
    """Return the report on a submission that can't be read: every exercise says so, and counts 0."""
    results = tuple(_for_reason(result, reason) for result in unread)
    return msgspec.structs.replace(graded(name, terms, results), status="unreadable", message=reason)


def not_graded(name: str, terms: Terms, reason: str, content: str = "") -> Report:
    """Return the report on a submission that could not be graded, through no fault of its student's."""
    return Report(
        schema=SCHEMA,
        submission=name,
        status="not_graded",
        message=reason,
        device=terms.device,
        seed=terms.seed,
        seconds=0.0,
        sandbox=(),
        versions=terms.versions,
        settings=terms.settings,
        content=content,
        exercises=(),
    )


def is_kept(report: Report, terms: Terms, content: str) -> bool:
    """Whether a report is what grading this content on these terms again would give."""
    return (
        report.schema == SCHEMA
        and report.status == "graded"
        and report.terms == terms
        and report.content == content
    )


def total(points: Sequence[float]) -> float:
    """Return a sum of points without the dust of binary fractions."""
    return round(sum(points), 6)


def read(folder: Path) -> Report | None:
    """Return the report in a submission's folder; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError):
        return None


def write(folder: Path, report: Report) -> None:
    """Write a report into a submission's folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader sees the old content or the new.

    Raises `OSError` that names the file, which the one of a full disk doesn't by itself.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        fresh.unlink(missing_ok=True)


def _for_reason(result: ExerciseResult, reason: str) -> ExerciseResult:
    first, *others = result.checks
    checks = (msgspec.structs.replace(first, message=reason), *others)
    return msgspec.structs.replace(result, message=reason, checks=checks)
