"""Who grades the grader? Stubs must fail, references and wheat pass, chaff fail as it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import DeskAsker, drive_names
from grader.records.verdict import summarize

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.course.implementations import Specimen
    from grader.grading.grade_submission import Marker
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult


@dataclass(frozen=True)
class Finding:
    """What an audit found of one specimen; `problem` is empty where all is as it should be."""

    specimen: Specimen
    result: ExerciseResult
    problem: str


def finding(course: Course, specimen: Specimen, exam: Exam, marker: Marker | None = None) -> Finding:
    """Examine one specimen at the desk and, with a `marker`, behind the wall."""
    result = at_desk(course, specimen, exam)
    problem = wrong_outcome(specimen, result)
    if not problem and marker is not None:
        problem = difference(result, behind_wall(marker, specimen))
    return Finding(specimen, result, problem)


def at_desk(course: Course, specimen: Specimen, exam: Exam) -> ExerciseResult:
    """Return the result of a specimen, examined in this process."""
    section, exercise = specimen.section, specimen.exercise
    answers = Answers(
        specimen.files(course),
        {one.name: one.spellings for one in section.exercises},
        drive_names(section),
    )
    asker = DeskAsker(answers, exercise, seconds=exercise.seconds)
    verdicts = Examination(exercise, exam, asker).all()
    return summarize(exercise.name, section.number, section.module, verdicts)


def behind_wall(marker: Marker, specimen: Specimen) -> ExerciseResult:
    """Return the result of a specimen, examined behind the wall."""
    files = specimen.files(marker.course)
    results = marker.sit(specimen.section, files, [specimen.exercise])
    return results[specimen.exercise.name]


def wrong_outcome(specimen: Specimen, result: ExerciseResult) -> str:
    """Say in what a result is not what it must be for this kind of specimen."""
    base = [verdict for verdict in result.checks if not verdict.bonus]
    broken = [verdict.name for verdict in base if verdict.status not in {"passed", "blocked"}]
    match specimen.kind:
        case "stub":
            return "" if result.status == "missing" and not result.points else f"a stub is {result.status}"
        case "reference" | "wheat":
            first = next((verdict for verdict in base if verdict.status != "passed"), None)
            return f"fails {first.name}: {first.message} {first.counterexample}" if first else ""
        case "chaff" | "mutant":
            missed = [name for name in specimen.fails if name not in broken]
            if not broken:
                return "passes"
            return f"passes {', '.join(missed)} and fails {', '.join(broken)}" if missed else ""


def difference(one: ExerciseResult, other: ExerciseResult) -> str:
    """Say in which check two results differ, times apart."""
    for mine, theirs in zip(one.checks, other.checks, strict=True):
        for field in ("status", "points", "counterexample"):
            here, there = getattr(mine, field), getattr(theirs, field)
            if here != there:
                told = f"{here!r} at the desk, {there!r} behind the wall"
                return f"{mine.name}: {field} is {told}: {theirs.message}"
    return ""
