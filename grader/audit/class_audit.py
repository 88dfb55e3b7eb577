"""Whether the submissions of a class get the same verdicts at a desk as behind the wall."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import DeskAsker, drive_names
from grader.records.verdict import summarize
from grader.submissions import Unreadable, find, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.course.course import Course, Section
    from grader.grading.grade_submission import Marker
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult
    from grader.submissions import Submission

DEADLY: Final = frozenset({"timeout", "out_of_memory", "crashed"})


def audit_class(marker: Marker, folder: Path) -> Iterator[tuple[str, str]]:
    """Grade each submission of a class on both sides; yield its name, and what differs if anything does.

    What can't be read has no verdicts, and what doesn't end behind the wall is not run without one: both
    are left out.
    """
    modules = [section.module for section in marker.course.sections]
    for entry in find([folder], modules, single=False):
        try:
            submission = read(entry, modules)
        except Unreadable:
            continue
        behind: dict[str, ExerciseResult] = {}
        for section in marker.course.sections:
            behind |= marker.sit(section, submission.program(section.module), section.exercises)
        if not any(check.status in DEADLY for result in behind.values() for check in result.checks):
            yield submission.name, desk_difference(marker.course, marker.exam, submission, behind)


def desk_difference(
    course: Course, exam: Exam, submission: Submission, behind: Mapping[str, ExerciseResult]
) -> str:
    """Say in which check a submission's verdicts at a desk differ from those `behind` the wall.

    Compared are exercises with a single definition: at a desk the last one counts, behind the wall the best.
    Counterexamples are not compared, for how far they are shrunk may depend on the time that is left.
    """
    for section in course.sections:
        for here in at_desk(course, exam, section, submission):
            there = behind[here.name]
            if there.attempt is not None and there.attempt.of > 1:
                continue
            for mine, theirs in zip(here.checks, there.checks, strict=True):
                if (mine.status, mine.points) != (theirs.status, theirs.points):
                    return (
                        f"{here.name}, {mine.name}: {mine.status} at the desk ({mine.message}), "
                        f"{theirs.status} behind the wall ({theirs.message})"
                    )
    return ""


def at_desk(course: Course, exam: Exam, section: Section, submission: Submission) -> Iterator[ExerciseResult]:
    """Yield the results of a section's exercises, examined in this process; what is printed is dropped."""
    spellings = {exercise.name: exercise.spellings for exercise in section.exercises}
    with _quiet(), _supplied(course):
        answers = Answers(submission.program(section.module), spellings, drive_names(section))
        for exercise in section.exercises:
            asker = DeskAsker(answers, exercise, seconds=exercise.seconds)
            checks = Examination(exercise, exam, asker).all()
            yield summarize(exercise.name, section.number, section.module, checks)


@contextlib.contextmanager
def _supplied(course: Course) -> Iterator[None]:
    """Let a program import the supplied `d2l`, in a fresh version: students add methods to its classes."""
    folder = course.reference / "supplied"
    if not folder.is_dir():
        yield
        return
    names = [name for name in ("d2l", "d2l.torch") if name in sys.modules]
    before = {str(name): sys.modules.pop(name) for name in names}
    sys.path.insert(0, str(folder))
    try:
        importlib.import_module("d2l.torch")
        yield
    finally:
        sys.path.remove(str(folder))
        for name in ("d2l", "d2l.torch"):
            sys.modules.pop(name, None)
        sys.modules.update(before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        yield
