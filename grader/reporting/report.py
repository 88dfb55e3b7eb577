"""The report on one submission: `report.json`, which a later run reads to skip what is graded already."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import msgspec
from msgspec.structs import force_setattr

from grader import __version__
from grader.records.inert_text import inert, inert_line
from grader.records.verdict import ExerciseResult, not_judged
from grader.records.worker_protocol import Attempts, DataSize, MissingLayer, Sandbox
from grader.records.written import WrittenAnswer, WrittenAnswers
from grader.students.identity import UNKNOWN, Identity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.records.worker_protocol import Config, Outline
    from grader.students import Student

T = TypeVar("T")

SCHEMA: Final = 1
FILE: Final = "report.json"
PRIVATE: Final = 0o600
"""The mode of files with marks: their owner's alone."""
PRIVATE_FOLDER: Final = 0o700

Status = Literal["graded", "unreadable", "no_code", "wrong_assignment", "not_graded"]
FINAL: Final = frozenset[Status]({"graded", "unreadable", "no_code", "wrong_assignment"})
"""Statuses of submissions that have points, and are not graded again as long as nothing changes."""


class Versions(msgspec.Struct, frozen=True):
    """Versions of the software and of the checks that graded a submission.

    Args:
        gradbook: version of this package.
        torch: version of PyTorch.
        python: version of Python.
        checks: hash of the checks.
        pandas: version of pandas; "" in reports of Gradbook 0.2.

    """

    gradbook: str
    torch: str
    python: str
    checks: str
    pandas: str = ""


class Settings(msgspec.Struct, frozen=True):
    """The options of a run that verdicts depend on.

    Args:
        only: names of the exercises that were graded; empty: all.
        attempts: which definition counts if a name is defined several times.
        data: the images that models are trained on.
        sandbox: which layers of the sandbox were required.

    """

    only: tuple[str, ...]
    attempts: Attempts
    data: DataSize
    sandbox: Sandbox


class RunContext(msgspec.Struct, frozen=True):
    """What all reports of one run have in common; if any of it changes, submissions are graded again."""

    device: str
    seed: int
    versions: Versions
    settings: Settings


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The result of one submission. Fields without a value are left out of the file.

    No text in it has control characters, or others that act on the program which shows it.

    Args:
        schema: version of this format.
        submission: name of the submission.
        status: `graded`; `unreadable`: the files can't be read, 0 points; `no_code`: nothing in it could be
            code, 0 points; `wrong_assignment`: nothing in it is of this course, 0 points; `not_graded`: the
            grader failed.
        student: what is known of its student.
        members: what is known of the members of the group that handed it in; left out if it is no group's.
        submitted: when it was handed in, with the offset from UTC, if the system that it comes from says so.
        late: whether that system calls it late.
        message: the reason, if it was not graded.
        provisional: whether some checks could not be judged; their points are open, and the next run tries
            again.
        points: sum of the exercises' points, without the bonus.
        max_points: sum of the exercises' maximal points.
        bonus: sum of the exercises' bonus points.
        device: device of the tensors.
        seed: seed of the inputs. It is for instructors: no page for students shows it.
        exam: number of the exam: everybody's k-th different attempt sits exam k.
        seconds: duration of grading, in seconds.
        sandbox: layers of the sandbox that were active.
        missing_layers: layers of the sandbox that were missing.
        versions: versions of the software and of the checks.
        settings: options that verdicts depend on.
        content: hash of the files that were handed in.
        passed_over: what was not read of the submission, and why.
        written: what the student wrote about sections, in words; left out if there is nothing.
        exercises: results of the exercises, in the order of the course.

    """

    schema: int
    submission: str
    status: Status
    student: Identity = UNKNOWN
    members: tuple[Identity, ...] = ()
    submitted: datetime | None = None
    late: bool | None = None
    message: str = ""
    provisional: bool = False
    points: float | None = None
    max_points: float | None = None
    bonus: float | None = None
    device: str
    seed: int
    exam: int = 0
    seconds: float
    sandbox: tuple[str, ...]
    missing_layers: tuple[MissingLayer, ...] = ()
    versions: Versions
    settings: Settings
    content: str = ""
    passed_over: tuple[str, ...] = ()
    written: WrittenAnswers = ()
    exercises: tuple[ExerciseResult, ...]

    def __post_init__(self) -> None:
        """Replace active characters in all texts."""
        force_setattr(self, "submission", inert_line(self.submission))
        force_setattr(self, "message", inert(self.message))
        force_setattr(self, "student", _inert(self.student, Identity))
        force_setattr(self, "members", _inert(self.members, tuple[Identity, ...]))
        force_setattr(self, "missing_layers", _inert(self.missing_layers, tuple[MissingLayer, ...]))
        force_setattr(self, "passed_over", _inert(self.passed_over, tuple[str, ...]))
        force_setattr(self, "written", _inert(self.written, tuple[WrittenAnswer, ...]))
        force_setattr(self, "exercises", _inert(self.exercises, tuple[ExerciseResult, ...]))

    @property
    def context(self) -> RunContext:
        """What this report has in common with all reports of its run."""
        return RunContext(self.device, self.seed, self.versions, self.settings)


def run_context(config: Config, outline: Outline) -> RunContext:
    """Return what all reports of a run have in common."""
    return RunContext(
        device=outline.device,
        seed=config.seed,
        versions=Versions(
            __version__, outline.torch, platform.python_version(), outline.checks, version("pandas")
        ),
        settings=Settings(tuple(sorted(config.only)), config.attempts, config.data, config.sandbox),
    )


def graded(  # noqa: PLR0913 - what is reported of a submission
    name: str,
    context: RunContext,
    results: Sequence[ExerciseResult],
    *,
    content: str = "",
    exam: int = 0,
    layers: Sequence[str] = (),
    missing_layers: Sequence[MissingLayer] = (),
    seconds: float = 0.0,
    passed_over: Sequence[str] = (),
    written: tuple[WrittenAnswer, ...] = (),
) -> Report:
    """Return the report on a submission that was graded."""
    return Report(
        schema=SCHEMA,
        submission=name,
        status="graded",
        provisional=any(map(not_judged, results)),
        points=total([result.points for result in results]),
        max_points=total([result.max_points for result in results]),
        bonus=total([result.bonus for result in results]),
        device=context.device,
        seed=context.seed,
        exam=exam,
        seconds=seconds,
        sandbox=tuple(layers),
        missing_layers=tuple(missing_layers),
        versions=context.versions,
        settings=context.settings,
        content=content,
        passed_over=tuple(passed_over),
        written=written,
        exercises=tuple(results),
    )


def unreadable(
    name: str,
    context: RunContext,
    unread: Sequence[ExerciseResult],
    reason: str,
    content: str = "",
    *,
    no_code: bool = False,
) -> Report:
    """Return the report on a submission that can't be read: each exercise has the reason and 0 points.

    `no_code` says that nothing in it could be code.
    """
    results = tuple(_with_reason(result, reason) for result in unread)
    like_graded = graded(name, context, results, content=content)
    status: Status = "no_code" if no_code else "unreadable"
    return msgspec.structs.replace(like_graded, status=status, message=reason)


def wrong_assignment(like_graded: Report, reason: str) -> Report:
    """Return the report on a submission that was graded, and in which nothing is of this course."""
    return msgspec.structs.replace(like_graded, status="wrong_assignment", message=reason)


def not_graded(name: str, context: RunContext, reason: str, content: str = "") -> Report:
    """Return the report on a submission that could not be graded, because the grader failed."""
    return Report(
        schema=SCHEMA,
        submission=name,
        status="not_graded",
        message=reason,
        device=context.device,
        seed=context.seed,
        seconds=0.0,
        sandbox=(),
        versions=context.versions,
        settings=context.settings,
        content=content,
        exercises=(),
    )


def of_student(report: Report, student: Student, submitted: datetime | None, late: bool | None) -> Report:  # noqa: FBT001
    """Return a report with who handed the submission in, and when."""
    return msgspec.structs.replace(
        report,
        submission=student.name,
        student=student.identity,
        members=student.members,
        submitted=submitted,
        late=late,
    )


def is_current(report: Report, context: RunContext, content: str) -> bool:
    """Return whether grading this content in this context again would give the same report."""
    return (
        report.schema == SCHEMA
        and report.status in FINAL
        and not report.provisional
        and report.context == context
        and report.content == content
    )


def total(points: Sequence[float]) -> float:
    """Return a sum of points, rounded to six digits: binary fractions don't add up exactly."""
    return round(sum(points, 0.0), 6)


def read(folder: Path) -> Report | None:
    """Return the report in a submission's folder; None if there is none, or it can't be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError):
        return None


def write(folder: Path, report: Report) -> None:
    """Write a report into a submission's folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, encoded(report), mode=PRIVATE)


def encoded(report: Report) -> bytes:
    """Return the content of a report's file."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Replace a file atomically: a reader sees either the old content or the new.

    Raises `OSError` with the file's name, which Python leaves out if the disk is full.

    Args:
        path: the file.
        content: its new content.
        mode: its permissions, whatever the process's umask; by default, those of any new file.

    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.touch(0o666 if mode is None else mode)
        if mode is not None:
            fresh.chmod(mode)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        fresh.unlink(missing_ok=True)


def _inert(records: T, kind: type[T]) -> T:
    if _is_plain(records):
        return records
    return msgspec.convert(_inert_values(msgspec.to_builtins(records)), kind)


def _is_plain(records: object) -> bool:
    """Return whether no text in records can hold an active character. Most have none: this is told fast."""
    try:
        text = msgspec.json.encode(records).decode()
    except UnicodeEncodeError:  # a surrogate
        return False
    return text.isprintable() and not any(escape in text for escape in _ESCAPES)


_ESCAPES: Final = ("\\u", "\\r", "\\b", "\\f")
"""How JSON writes active characters; what is left of its escapes are quotes, line feeds and tabs."""


def _inert_values(value: object) -> object:
    """Return a structure of plain values with inert texts."""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, list | tuple):
        return [_inert_values(one) for one in value]
    if isinstance(value, dict):
        return {name: _inert_values(one) for name, one in value.items()}
    return value


def _with_reason(result: ExerciseResult, reason: str) -> ExerciseResult:
    first, *others = result.checks
    checks = (msgspec.structs.replace(first, message=reason), *others)
    return msgspec.structs.replace(result, message=reason, checks=checks)
