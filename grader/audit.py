"""Who grades the grader? Stubs must fail, references and wheat pass, chaff fail as it says."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

import torch

from grader import assets
from grader.answers import Answers
from grader.class_audit import audit_class
from grader.course import load
from grader.desk import DeskAsker, drive_names
from grader.exam import Exam
from grader.examine import Examination
from grader.specimens import specimens
from grader.verdict import summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.course import Course
    from grader.mark import Marker
    from grader.specimens import Specimen
    from grader.verdict import ExerciseResult


@dataclass(frozen=True)
class Finding:
    """What an audit found of one specimen; `problem` is empty where all is as it should be."""

    specimen: Specimen
    result: ExerciseResult
    problem: str


@dataclass(frozen=True)
class Share:
    """A part of an audit for another process: one seed, and one exercise or one class of submissions."""

    root: Path
    seed: int
    wall: bool
    shrinks: bool
    exercise: str = ""
    folder: Path | None = None


def audited(
    course: Course, seeds: Sequence[int], *, jobs: int, wall: bool, folder: Path | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Audit a course in several processes and, with a `folder`, a class of submissions on both sides.

    Yield, for each exercise and seed, how many specimens were examined and what is wrong of them; and for
    each class and seed how many submissions. On the first seed counterexamples are shrunk, and compared;
    on the others that would take most of the time and tell nothing new.
    """
    names = [exercise.name for _section, exercise in course.exercises()]
    shares = [
        Share(course.root, seed, wall, shrinks=seed == seeds[0], exercise=name)
        for seed in seeds
        for name in names
    ]
    if folder is not None:
        shares += [
            Share(course.root, seed, wall=True, shrinks=seed == seeds[0], folder=folder) for seed in seeds
        ]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start) as pool:
        yield from pool.map(examined, shares)


def examined(share: Share) -> tuple[int, list[str]]:
    """Do one share; return how many specimens or submissions it has and what is wrong of them."""
    course, marker = _prepared(share.root, wall=share.wall)
    exam = _exam(share.seed, shrinks=share.shrinks)
    if marker is not None:
        marker.exam = exam
    if marker is not None and share.folder is not None:
        compared = list(audit_class(marker, share.folder))
        return len(compared), [f"{name}, seed {share.seed}: {told}" for name, told in compared if told]
    ours = [one for one in specimens(course) if one.exercise.name == share.exercise]
    findings = [finding(course, specimen, exam, marker) for specimen in ours]
    wrong = [f"{one.specimen}, seed {share.seed}: {one.problem}" for one in findings if one.problem]
    return len(ours), wrong


def _start() -> None:
    torch.set_num_threads(1)


@lru_cache(maxsize=1)
def _exam(seed: int, *, shrinks: bool) -> Exam:
    return Exam(seed, shrinks=shrinks)


@lru_cache(maxsize=1)
def _prepared(root: Path, *, wall: bool) -> tuple[Course, Marker | None]:
    """Return the course and, with a wall, who grades behind it; its server lives as long as this process."""
    course = load(root)
    if course.data.is_dir():
        assets.use(course.data)
    if not wall:
        return course, None
    from grader.mark import Marker
    from grader.worker import wall_for

    images = course.data if course.data.is_dir() else None
    server = wall_for(course, images)
    finalizer = Finalize(server, server.__exit__, args=(None, None, None), exitpriority=10)
    server.__enter__()  # closed by the finalizer, when the pool ends this process
    _finalizers.append(finalizer)
    return course, Marker(course, Exam(0), server)


_finalizers: list[Finalize] = []


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
        case "chaff":
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
