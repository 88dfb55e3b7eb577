"""Run the audit of a course in several processes: one task for each exercise and seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from grader.audit import equivalent_mutants
from grader.audit.audit import audit_implementation
from grader.audit.class_audit import audit_class
from grader.audit.kill_matrix import Column, Matrix, Row
from grader.audit.process_pool import process_pool
from grader.audit.trivial_answers import unearned_points
from grader.course.course import load
from grader.course.implementations import implementations
from grader.datasets import training_data
from grader.judging.evaluation import GraderFault
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.course.course import Course
    from grader.course.implementations import Implementation
    from grader.grading.grade_submission import SubmissionGrader


@dataclass(frozen=True)
class Mutants:
    """Which mutants of an exercise are tried.

    Those of the reference, or of its `wheat` as well; at `most` so many with one change, and so many `pairs`.
    """

    wheat: bool = True
    most: int | None = None
    pairs: int = 0


@dataclass(frozen=True)
class AuditTask:
    """A part of an audit: one seed, and one exercise or one class of submissions."""

    root: Path
    seed: int
    sandbox: bool
    shrinks: bool
    exercise: str = ""
    trivial_answers: bool = False
    mutants: Mutants | None = None
    folder: Path | None = None


@dataclass(frozen=True)
class TaskResult:
    """The result of a task: the number of implementations, the problems, and the exercise's matrix."""

    seed: int
    examined: int
    problems: tuple[str, ...]
    matrix: Matrix | None = None


def audit_tasks(
    course: Course,
    seeds: Sequence[int],
    *,
    sandbox: bool,
    mutants: Mutants | None = None,
    folder: Path | None = None,
) -> list[AuditTask]:
    """Return the tasks of an audit: each exercise and, with a `folder`, a class of submissions, on each seed.

    Counterexamples are shrunk, and compared with those in the `sandbox`, on the first seed only. The same
    holds for trivial answers and `mutants`: other seeds would take long and show nothing new.
    """
    root = course.root.resolve()  # mutants run in a folder of their own
    names = [exercise.name for _section, exercise in course.exercises()]
    first = seeds[0]
    made = [
        AuditTask(
            root,
            seed,
            sandbox,
            shrinks=sandbox and seed == first,
            exercise=name,
            trivial_answers=seed == first,
            mutants=mutants if seed == first else None,
        )
        for seed in seeds
        for name in names
    ]
    if folder is not None:
        made += [AuditTask(root, seed, sandbox=True, shrinks=seed == first, folder=folder) for seed in seeds]
    return made


def run_tasks(tasks: Sequence[AuditTask], *, jobs: int) -> Iterator[TaskResult]:
    """Run tasks in `jobs` processes; yield their results in order."""
    with process_pool(jobs) as pool:
        yield from pool.map(run_task, tasks)


def run_task(task: AuditTask) -> TaskResult:
    """Run one task in this process."""
    course, submission_grader = _prepared(task.root, sandbox=task.sandbox)
    exam = _exam(task.seed, shrinks=task.shrinks)
    if submission_grader is not None:
        submission_grader.exam = exam
    if submission_grader is not None and task.folder is not None:
        compared = list(audit_class(submission_grader, task.folder))
        return TaskResult(
            task.seed,
            len(compared),
            tuple(f"{name}: {difference}" for name, difference in compared if difference),
        )
    ours = [one for one in implementations(course) if one.exercise.name == task.exercise]
    rows = [_row(course, implementation, exam, submission_grader) for implementation in ours]
    by_implementation = dict(zip(ours, rows, strict=True))
    faults: list[str] = []
    if task.trivial_answers:
        faults += _trivial_answers(course, by_implementation, task.seed)
    if task.mutants is not None:
        mutants, stale = _mutants(course, by_implementation, exam, task.mutants)
        rows += mutants
        faults += stale
    exercise, section = ours[0].exercise, ours[0].section
    columns = tuple(Column(check.name, check.statement, check.bonus) for check in exercise.checks)
    matrix = Matrix(exercise.name, section.number, columns, tuple(rows), tuple(faults))
    return TaskResult(task.seed, len(rows), matrix.problems, matrix)


def _trivial_answers(course: Course, rows: Mapping[Implementation, Row], seed: int) -> list[str]:
    """Return which trivial answers earn points; none can be made if the reference is wrong."""
    reference = next(one for one in rows if one.kind == "reference")
    if rows[reference].problem:
        return []
    try:
        return list(unearned_points(course, reference, Exam(seed, shrinks=False)))
    except GraderFault as fault:
        return [f"{reference.exercise.name}/trivial: {fault}"]


def _mutants(
    course: Course, rows: Mapping[Implementation, Row], exam: Exam, wanted: Mutants
) -> tuple[list[Row], list[str]]:
    """Return the rows of the mutants of correct answers, and the stale entries of the list of equivalents."""
    answers = [one for one in rows if one.kind in {"reference", "wheat"} and not rows[one].problem]
    exercise = next(iter(rows)).exercise
    if not answers or answers[0].kind != "reference":
        return [], [f"{exercise.name}: its mutants are not tried, because the reference is not correct"]
    from grader.audit.mutant_runner import try_mutants  # imports mutmut, which only --mutants needs

    listed = equivalent_mutants.read(course, answers[0].section.chapter)
    ours = [one for one in listed if one.exercise == exercise.name]
    tried = try_mutants(
        course,
        answers,
        Exam(exam.seed, shrinks=False),
        wheat=wanted.wheat,
        most=wanted.most,
        pairs=wanted.pairs,
        changes=[one.lines for one in ours if one.change],
    )
    return equivalent_mutants.apply_equivalents(ours, list(tried))


def _row(
    course: Course, implementation: Implementation, exam: Exam, submission_grader: SubmissionGrader | None
) -> Row:
    try:
        found = audit_implementation(course, implementation, exam, submission_grader)
    except GraderFault as fault:
        return Row(implementation.kind, implementation.name, {}, str(fault))
    statuses = {check.name: check.status for check in found.result.checks}
    return Row(implementation.kind, implementation.name, statuses, found.problem)


@lru_cache(maxsize=1)
def _exam(seed: int, *, shrinks: bool) -> Exam:
    return Exam(seed, shrinks=shrinks)


@lru_cache(maxsize=1)
def _prepared(root: Path, *, sandbox: bool) -> tuple[Course, SubmissionGrader | None]:
    """Return the course and, with `sandbox`, a grader; its server lives as long as this process."""
    course = load(root)
    if course.data.is_dir():
        training_data.use(course.data, data_set=course.data_set)
    if not sandbox:
        return course, None
    from grader.grading.grade_submission import SubmissionGrader
    from grader.grading.worker import sandbox_server

    images = course.data if course.data.is_dir() else None
    server = sandbox_server(course, images)
    finalizer = Finalize(server, server.__exit__, args=(None, None, None), exitpriority=10)
    server.__enter__()  # closed by the finalizer when the pool ends this process
    _finalizers.append(finalizer)
    return course, SubmissionGrader(course, Exam(0), server, attempts="last")


_finalizers: list[Finalize] = []
