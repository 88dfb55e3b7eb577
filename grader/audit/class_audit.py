"""Whether the submissions of a class get the same verdicts locally and in the sandbox."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.execution.loading import importable
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.verdict import summarize
from grader.submissions import CourseNames, Unreadable, collect, find, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.course.course import Course, Section
    from grader.grading.grade_submission import SubmissionGrader
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult
    from grader.submissions import Submission

FATAL_STATUSES: Final = frozenset({"timeout", "out_of_memory", "crashed"})


def audit_class(submission_grader: SubmissionGrader, folder: Path) -> Iterator[tuple[str, str]]:
    """Grade each submission both in the sandbox and locally; yield its name and the first difference, or "".

    Submissions that can't be read have no verdicts, and those that were stopped or crashed in the sandbox are
    not run without it: both are left out.
    """
    modules = frozenset(section.module for section in submission_grader.course.sections)
    for entry in find([folder], CourseNames(modules)).entries:
        try:
            submission = read(collect(entry, modules))
        except Unreadable:
            continue
        sandboxed: dict[str, ExerciseResult] = {}
        for section in submission_grader.course.sections:
            sandboxed |= submission_grader.grade_exercises(
                section, submission.program(section.module), section.exercises
            )
        if not any(
            check.status in FATAL_STATUSES for result in sandboxed.values() for check in result.checks
        ):
            yield (
                entry.name,
                local_difference(submission_grader.course, submission_grader.exam, submission, sandboxed),
            )


def local_difference(
    course: Course, exam: Exam, submission: Submission, sandboxed: Mapping[str, ExerciseResult]
) -> str:
    """Return the first check in which a submission's local verdict differs from the sandboxed one, or "".

    Exercises with several attempts are not compared: locally the last one counts, in the sandbox the best.
    Counterexamples are not compared either: how far they are shrunk may depend on the time that is left.
    """
    for section in course.sections:
        for here in run_section_locally(course, exam, section, submission):
            there = sandboxed[here.name]
            if there.attempt is not None and (there.attempt.of > 1 or not there.attempt.last):
                continue
            for mine, theirs in zip(here.checks, there.checks, strict=True):
                if theirs.status == "not_judged":
                    return f"{here.name}, {mine.name}: {theirs.fault}"
                if (mine.status, mine.points) != (theirs.status, theirs.points):
                    return (
                        f"{here.name}, {mine.name}: {mine.status} locally ({mine.message}), "
                        f"{theirs.status} in the sandbox ({theirs.message})"
                    )
    return ""


def run_section_locally(
    course: Course, exam: Exam, section: Section, submission: Submission
) -> list[ExerciseResult]:
    """Return the results of a section's exercises, run in this process, with their output suppressed."""
    files = submission.program(section.module)
    wanted = section.spellings
    results: dict[str, ExerciseResult] = {}
    for group in course.supplied.groups(files, wanted):
        with _quiet(), importable(group.supplied):
            answers = Answers(files, group.wanted, drive_names(section), section=section.module)
            for exercise in section.exercises:
                if exercise.name in group.wanted:
                    asker = LocalAsker(answers, exercise, seconds=exercise.seconds)
                    checks = Examination(exercise, exam, asker).all()
                    results[exercise.name] = summarize(exercise.name, section.number, section.module, checks)
    return [results[exercise.name] for exercise in section.exercises]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        yield
