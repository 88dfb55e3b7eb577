"""Audits a whole course: its exercises side by side in several processes, seed by seed."""

from __future__ import annotations

import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

import torch

from grader.audit import equivalent_mutants
from grader.audit.audit import finding
from grader.audit.class_audit import audit_class
from grader.audit.kill_matrix import Column, Matrix, Row
from grader.course.course import load
from grader.course.implementations import specimens
from grader.datasets import training_data
from grader.judging.evaluation import GraderFault
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.course.course import Course
    from grader.course.implementations import Specimen
    from grader.grading.grade_submission import Marker


@dataclass(frozen=True)
class Share:
    """A part of an audit for another process: one seed, and one exercise or one class of submissions."""

    root: Path
    seed: int
    wall: bool
    shrinks: bool
    exercise: str = ""
    mutants: bool = False
    folder: Path | None = None


@dataclass(frozen=True)
class Part:
    """What came of a share: how many implementations it has, what is wrong, and an exercise's matrix."""

    seed: int
    examined: int
    problems: tuple[str, ...]
    matrix: Matrix | None = None


def shares(
    course: Course, seeds: Sequence[int], *, wall: bool, mutants: bool = False, folder: Path | None = None
) -> list[Share]:
    """Return the parts of an audit: exercises and, with a `folder`, a class of submissions, on each seed.

    On the first seed counterexamples are shrunk, to be compared with those behind the `wall`, and `mutants`
    are tried; on the others that would take most of the time and tell nothing new.
    """
    root = course.root.resolve()  # mutants run in a folder of their own
    names = [exercise.name for _section, exercise in course.exercises()]
    first = seeds[0]
    made = [
        Share(
            root, seed, wall, shrinks=wall and seed == first, exercise=name, mutants=mutants and seed == first
        )
        for seed in seeds
        for name in names
    ]
    if folder is not None:
        made += [Share(root, seed, wall=True, shrinks=seed == first, folder=folder) for seed in seeds]
    return made


def audited(parts: Sequence[Share], *, jobs: int) -> Iterator[Part]:
    """Do the parts of an audit in several processes; yield what came of them, in their order."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start) as pool:
        yield from pool.map(examined, parts)


def examined(share: Share) -> Part:
    """Do one part in this process."""
    course, marker = _prepared(share.root, wall=share.wall)
    exam = _exam(share.seed, shrinks=share.shrinks)
    if marker is not None:
        marker.exam = exam
    if marker is not None and share.folder is not None:
        compared = list(audit_class(marker, share.folder))
        return Part(share.seed, len(compared), tuple(f"{name}: {told}" for name, told in compared if told))
    ours = [one for one in specimens(course) if one.exercise.name == share.exercise]
    rows = [_row(course, specimen, exam, marker) for specimen in ours]
    faults: list[str] = []
    if share.mutants:
        mutants, faults = _mutants(course, dict(zip(ours, rows, strict=True)), exam)
        rows += mutants
    exercise, section = ours[0].exercise, ours[0].section
    columns = tuple(Column(check.name, check.statement, check.bonus) for check in exercise.checks)
    matrix = Matrix(exercise.name, section.number, columns, tuple(rows), tuple(faults))
    return Part(share.seed, len(rows), matrix.problems, matrix)


def _mutants(course: Course, rows: Mapping[Specimen, Row], exam: Exam) -> tuple[list[Row], list[str]]:
    """Return the mutants of a reference, and what is wrong with the list of equivalent ones."""
    specimen = next(one for one in rows if one.kind == "reference")
    if rows[specimen].problem:
        return [], [f"{specimen.exercise.name}: its mutants are not tried, for the reference is not right"]
    from grader.audit.mutant_runner import tried  # only who tries mutants needs the library that makes them

    listed = equivalent_mutants.read(course, specimen.section.chapter)
    ours = [one for one in listed if one.exercise == specimen.exercise.name]
    return equivalent_mutants.applied(ours, list(tried(course, specimen, Exam(exam.seed, shrinks=False))))


def _row(course: Course, specimen: Specimen, exam: Exam, marker: Marker | None) -> Row:
    try:
        found = finding(course, specimen, exam, marker)
    except GraderFault as fault:
        return Row(specimen.kind, specimen.name, {}, str(fault))
    statuses = {check.name: check.status for check in found.result.checks}
    return Row(specimen.kind, specimen.name, statuses, found.problem)


def _start() -> None:
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")  # what chaff and mutants are warned of helps nobody


@lru_cache(maxsize=1)
def _exam(seed: int, *, shrinks: bool) -> Exam:
    return Exam(seed, shrinks=shrinks)


@lru_cache(maxsize=1)
def _prepared(root: Path, *, wall: bool) -> tuple[Course, Marker | None]:
    """Return the course and, with a wall, who grades behind it; its server lives as long as this process."""
    course = load(root)
    if course.data.is_dir():
        training_data.use(course.data)
    if not wall:
        return course, None
    from grader.grading.grade_submission import Marker
    from grader.grading.worker import wall_for

    images = course.data if course.data.is_dir() else None
    server = wall_for(course, images)
    finalizer = Finalize(server, server.__exit__, args=(None, None, None), exitpriority=10)
    server.__enter__()  # closed by the finalizer, when the pool ends this process
    _finalizers.append(finalizer)
    return course, Marker(course, Exam(0), server)


_finalizers: list[Finalize] = []
