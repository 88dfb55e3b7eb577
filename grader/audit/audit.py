"""Test checks on known implementations: stubs must fail, references and wheat pass, chaff fail as it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.loading import importable
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.verdict import summarize

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.course.implementations import Implementation
    from grader.grading.grade_submission import SubmissionGrader
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult


@dataclass(frozen=True)
class ImplementationAudit:
    """The result of auditing one implementation; `problem` is empty if it is as expected."""

    implementation: Implementation
    result: ExerciseResult
    problem: str


def audit_implementation(
    course: Course,
    implementation: Implementation,
    exam: Exam,
    submission_grader: SubmissionGrader | None = None,
) -> ImplementationAudit:
    """Run the checks on an implementation in this process and, with a `submission_grader`, in the sandbox."""
    result = run_locally(course, implementation, exam)
    problem = unexpected_outcome(implementation, result)
    if not problem and submission_grader is not None:
        problem = first_difference(result, run_in_sandbox(submission_grader, implementation))
    return ImplementationAudit(implementation, result, problem)


def run_locally(course: Course, implementation: Implementation, exam: Exam) -> ExerciseResult:
    """Return the result of an implementation, run in this process.

    Raises `grader.judging.evaluation.GraderFault` if a check raises an error itself.
    """
    section, exercise = implementation.section, implementation.exercise
    files = implementation.files(course)
    groups = course.supplied.groups(files, section.spellings)
    wanted, supplied = next(group for group in groups if exercise.name in group.wanted)
    with importable(supplied):
        answers = Answers(files, wanted, drive_names(section), attempts=1)
        asker = LocalAsker(answers, exercise, seconds=exercise.seconds)
        examination = Examination(exercise, exam, asker)
        verdicts = examination.all()
    examination.require_judged()
    return summarize(exercise.name, section.number, section.module, verdicts)


def run_in_sandbox(submission_grader: SubmissionGrader, implementation: Implementation) -> ExerciseResult:
    """Return the result of an implementation, run in the sandbox."""
    files = implementation.files(submission_grader.course)
    results = submission_grader.grade_exercises(implementation.section, files, [implementation.exercise])
    return results[implementation.exercise.name]


def unexpected_outcome(implementation: Implementation, result: ExerciseResult) -> str:
    """Return how a result differs from what this kind of implementation must have; "" if it doesn't."""
    base = [verdict for verdict in result.checks if not verdict.bonus]
    broken = [verdict.name for verdict in base if verdict.status not in {"passed", "blocked"}]
    match implementation.kind:
        case "stub":
            return "" if result.status == "missing" and not result.points else f"a stub is {result.status}"
        case "reference" | "wheat":
            first = next((verdict for verdict in base if verdict.status != "passed"), None)
            return f"fails {first.name}: {first.message} {first.counterexample}" if first else ""
        case "chaff" | "mutant":
            missed = [name for name in implementation.must_fail if name not in broken]
            if not broken:
                return "passes"
            return f"passes {', '.join(missed)} and fails {', '.join(broken)}" if missed else ""


def first_difference(local: ExerciseResult, sandboxed: ExerciseResult) -> str:
    """Return the first difference between a local and a sandboxed result, apart from times; "" if none."""
    for mine, theirs in zip(local.checks, sandboxed.checks, strict=True):
        for field in ("status", "points", "counterexample"):
            here, there = getattr(mine, field), getattr(theirs, field)
            if here != there:
                values = f"{here!r} locally, {there!r} in the sandbox"
                return f"{mine.name}: {field} is {values}: {theirs.message}"
    return ""
