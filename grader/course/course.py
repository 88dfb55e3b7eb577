"""A course: its sections, read from a folder with `assignments/` and `reference/`."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from grader.checks.exercise import Exercise
from grader.course.course_toml import (
    SECONDS_PER_SUBMISSION,
    CourseError,
    error_at,
    read,
    require_known_names,
    root_of,
)
from grader.course.declarations import COURSE_TOML, SHIPPED, TITLE, checks_in, module_of
from grader.course.supplied import Supplied
from grader.course.unknown_names import advice
from grader.course.upgrading import upgrade_advice
from grader.datasets.registry import DATA_SETS, DEFAULT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path
    from types import ModuleType

    from grader.course.course_toml import Syllabus
    from grader.datasets.registry import DataSet

__all__ = [
    "SHIPPED",
    "Course",
    "CourseError",
    "Section",
    "load",
    "load_module",
    "load_section",
    "require_reference",
]  # fmt: skip

POINTS_TOLERANCE: Final = 1e-6
"""The rounding error allowed in a sum of points."""


@dataclass(frozen=True, eq=False)
class Section:
    """A section of the book: a stub, its checks, and the reference. `book` is the address of its page."""

    number: str
    title: str
    chapter: str
    module: str
    checks: Path
    exercises: tuple[Exercise, ...]
    deadline: datetime | None = None
    book: str = ""

    @property
    def stub(self) -> Path:
        """The file that students fill in."""
        return self.checks.with_name(f"{self.module}.py")

    @property
    def drive(self) -> Path | None:
        """The section's drive file, or None: functions that run beside the student's code."""
        path = self.checks.with_name(f"drive_{self.module}.py")
        return path if path.exists() else None

    @property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """By exercise, the names under which it may be defined: `softmax`, `Trainer.fit_epoch`."""
        return {exercise.name: exercise.spellings for exercise in self.exercises}


@dataclass(frozen=True, eq=False)
class Course:
    """A folder with `assignments/` and `reference/`; `syllabus` is its `course.toml`, if it has one."""

    root: Path
    sections: tuple[Section, ...] = field(default=())
    syllabus: Syllabus | None = None

    @property
    def assignments(self) -> Path:
        """The folder with stubs, checks and data."""
        return self.root / "assignments"

    @property
    def reference(self) -> Path:
        """The folder with solutions, wheat, chaff and calibrations, which students don't have."""
        return self.root / "reference"

    @property
    def data(self) -> Path:
        """The folder with the course's data."""
        return self.assignments / "data"

    @property
    def data_set(self) -> DataSet:
        """The data set that models are trained on, if the course has any data."""
        return DEFAULT if self.syllabus is None else DATA_SETS[self.syllabus.data]

    @cached_property
    def supplied(self) -> Supplied:
        """The modules that programs may import beside installed ones."""
        return Supplied.read(self.reference / "supplied")

    @property
    def seconds_per_submission(self) -> float:
        """The processor time that grading one submission may take."""
        return SECONDS_PER_SUBMISSION if self.syllabus is None else self.syllabus.seconds_per_submission

    def exercises(self) -> Iterator[tuple[Section, Exercise]]:
        """Yield all exercises, section by section."""
        for section in self.sections:
            for exercise in section.exercises:
                yield section, exercise

    def solution(self, section: Section) -> Path:
        """Return the reference's module for a section."""
        return self.reference / section.chapter / f"{section.module}.py"

    def fingerprint(self) -> str:
        """Return a hash of everything in the course that verdicts depend on.

        That is checks, drives and bands, the solutions that replace incorrect answers, supplied modules, the
        chaff that incorrect answers are compared with, and the exercises, points, packages and time per
        submission in `course.toml`.
        """
        digest = hashlib.sha256()
        if self.syllabus is not None:
            verdicts = [(part.module, part.exercises, part.points) for part in self.syllabus.sections]
            digest.update(msgspec.json.encode(verdicts, order="deterministic"))
            if self.syllabus.packages:
                digest.update(msgspec.json.encode(self.syllabus.packages))
            if self.seconds_per_submission != SECONDS_PER_SUBMISSION:
                digest.update(msgspec.json.encode(self.seconds_per_submission))
            if self.data_set is not DEFAULT:
                digest.update(self.data_set.name.encode())
        public = [path for path in self.assignments.glob("*/*") if path.name.startswith(("test_", "drive_"))]
        bands = self.assignments.glob("*/bands.json")
        solutions = [self.solution(section) for section in self.sections if self.solution(section).exists()]
        supplied = (self.reference / "supplied").rglob("*.py")
        chaff = self.reference.glob("*/chaff/*/*.py")
        for path in sorted({*public, *bands, *solutions, *supplied, *chaff}):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0" + path.read_bytes())
        return f"sha256:{digest.hexdigest()}"


def load(root: Path = SHIPPED, only: Collection[str] = ()) -> Course:
    """Load a course; `only` selects exercises, by default all. Raises `CourseError`."""
    folder = root / "assignments"
    if not folder.is_dir():
        message = (
            f"{root} is no course: it has no folder assignments/. A course has assignments/ and reference/."
        )
        raise CourseError(message)
    if not checks_in(root):
        message = f"{folder} has no checks: a course has files assignments/<chapter>/test_<section>.py."
        raise CourseError(message)
    require_known_names(root)
    syllabus = read(root)
    wanted = [
        path for path, module in checks_in(root).items() if syllabus is None or syllabus.section(module)
    ]
    sections = [load_section(path) for path in wanted]
    if syllabus is not None:
        require_point_sum(root, syllabus, sections)
    return Course(root, select(sections, only), syllabus)


def require_reference(course: Course) -> None:
    """Raise `CourseError` if a course has no reference, as students' copies, or lacks a solution."""
    if not course.reference.is_dir():
        raise CourseError(
            f"{course.root} has no folder reference/ with the solutions, and this can't be done without "
            "them: it is for instructors, in the course itself."
        )
    lacking = [course.solution(one) for one in course.sections if not course.solution(one).is_file()]
    if lacking:
        raise CourseError(
            f"{lacking[0]} is missing, the solution of {lacking[0].stem}: this can't be done without it. "
            "Write it, or leave the section out of course.toml."
        )


def require_point_sum(root: Path, syllabus: Syllabus, sections: Collection[Section]) -> None:
    """Raise `CourseError` unless the points of a course add up to those in its `course.toml`."""
    sums = {one.module: sum(exercise.max_points for exercise in one.exercises) for one in sections}
    total = sum(sums.values())
    if abs(total - syllabus.points) > POINTS_TOLERANCE:
        parts = ", ".join(f"{module} {points:g}" for module, points in sums.items())
        raise error_at(
            root, ("points",),
            f"points is {syllabus.points:g}, but all exercises add up to {total:g} ({parts}). "
            f"Write points = {total:g}, or give some exercises other points",
        )  # fmt: skip


def select(sections: Collection[Section], only: Collection[str]) -> tuple[Section, ...]:
    """Return the sections in order, with the exercises named in `only` (empty: all). Raises `CourseError`."""
    ordered = sorted(sections, key=lambda section: [int(part) for part in section.number.split(".")])
    known = [exercise.name for section in sections for exercise in section.exercises]
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        message = f"The course declares {', '.join(twice)} more than once; a name stands for one exercise."
        raise CourseError(message)
    unknown = [name for name in only if name not in known]
    if unknown:
        in_order = [exercise.name for section in ordered for exercise in section.exercises]
        raise CourseError(f"There is no exercise {', '.join(unknown)}{advice(unknown, in_order)}")
    if not only:
        return tuple(ordered)
    chosen = []
    for section in ordered:
        exercises = tuple(exercise for exercise in section.exercises if exercise.name in only)
        if exercises:
            chosen.append(replace(section, exercises=exercises))
    return tuple(chosen)


def load_section(path: Path) -> Section:
    """Load a checks file, with the exercises and points that its course gives it. Raises `CourseError`."""
    module = load_module(path)
    match = TITLE.match(module.__doc__ or "")
    if match is None:
        message = f'{path} must begin with its section, as in """4.4 Softmax regression from scratch."""'
        raise CourseError(message)
    exercises = tuple(value for value in vars(module).values() if isinstance(value, Exercise))
    if not exercises:
        message = f"{path} declares no exercise."
        raise CourseError(message)
    section = Section(match["number"], match["title"], path.parent.name, module_of(path), path, exercises)
    if section.drive is not None and (message := upgrade_advice(section.drive)):
        raise CourseError(message)  # here, since a sandbox reports only that it could not be started
    syllabus = read(root_of(path))
    return section if syllabus is None else apply_syllabus(section, syllabus)


def apply_syllabus(section: Section, syllabus: Syllabus) -> Section:
    """Return a section with the exercises, points and deadline from `course.toml`. Raises `CourseError`."""
    root, part = root_of(section.checks), syllabus.section(section.module)
    if part is None:
        raise CourseError(f"{section.checks} is no part of the course: {COURSE_TOML} doesn't name it.")
    keys = ("sections", syllabus.sections.index(part))
    chosen = {
        one.name: one for one in section.exercises if part.exercises is None or one.name in part.exercises
    }
    for exercise in chosen.values():
        if exercise.name in part.points and not exercise.max_points:
            message = f"the checks of {exercise.name} have no points that these could be shared out by"
            raise error_at(root, (*keys, "points", exercise.name), message)
    exercises = [one.worth(part.points.get(name, one.max_points)) for name, one in chosen.items()]
    return replace(section, exercises=tuple(exercises), deadline=part.deadline, book=part.book)


def load_module(path: Path, name: str | None = None) -> ModuleType:
    """Run a file of the course as a module. Raises `CourseError`."""
    name = name or f"gradbook_course.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        message = f"{path} is not a Python file."
        raise CourseError(message)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        message = upgrade_advice(path) or f"{path} can't be loaded: {type(error).__name__}: {error}"
        raise CourseError(message) from error
    return module
