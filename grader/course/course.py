"""A course: its sections, read from a folder with `assignments/` and `reference/`."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import msgspec

from grader.checks.exercise import Exercise
from grader.course.course_toml import CourseError, demand_known, problem, read, root_of
from grader.course.declarations import SHIPPED, SYLLABUS, TITLE, checks_in, module_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path
    from types import ModuleType

    from grader.course.course_toml import Syllabus

__all__ = [
    "SHIPPED", "Course", "CourseError", "Section", "demand_reference", "load", "load_module", "load_section",
]  # fmt: skip

DUST: Final = 1e-6
"""How far binary fractions may lead a sum of points."""


@dataclass(frozen=True, eq=False)
class Section:
    """One section of the book: a stub, its checks, and the reference."""

    number: str
    title: str
    chapter: str
    module: str
    checks: Path
    exercises: tuple[Exercise, ...]
    deadline: datetime | None = None

    @property
    def stub(self) -> Path:
        """The file that students fill in."""
        return self.checks.with_name(f"{self.module}.py")

    @property
    def drive(self) -> Path | None:
        """The functions that checks call beside the student's code, where the section needs some."""
        path = self.checks.with_name(f"drive_{self.module}.py")
        return path if path.exists() else None


@dataclass(frozen=True, eq=False)
class Course:
    """A folder with the trees `assignments/` and `reference/`, and a `course.toml` (`syllabus`) or none."""

    root: Path
    sections: tuple[Section, ...] = field(default=())
    syllabus: Syllabus | None = None

    @property
    def assignments(self) -> Path:
        """Where stubs, checks and data are."""
        return self.root / "assignments"

    @property
    def reference(self) -> Path:
        """Where solutions, wheat, chaff and calibrations are; students don't have it."""
        return self.root / "reference"

    @property
    def data(self) -> Path:
        """Where the course's data are."""
        return self.assignments / "data"

    def exercises(self) -> Iterator[tuple[Section, Exercise]]:
        """Go through all exercises, section by section."""
        for section in self.sections:
            for exercise in section.exercises:
                yield section, exercise

    def solution(self, section: Section) -> Path:
        """Return the reference's module for a section."""
        return self.reference / section.chapter / f"{section.module}.py"

    def fingerprint(self) -> str:
        """Return a hash of everything in the course that verdicts follow from.

        That is checks, drives and bands, the solutions whose definitions stand in for wrong siblings, the
        names that are supplied, the chaff that wrong answers are compared with, and of `course.toml` what is
        checked, and for how many points.
        """
        digest = hashlib.sha256()
        if self.syllabus is not None:
            verdicts = [(part.module, part.exercises, part.points) for part in self.syllabus.sections]
            digest.update(msgspec.json.encode(verdicts, order="deterministic"))
        public = [path for path in self.assignments.glob("*/*") if path.name.startswith(("test_", "drive_"))]
        bands = self.assignments.glob("*/bands.json")
        solutions = [self.solution(section) for section in self.sections if self.solution(section).exists()]
        supplied = (self.reference / "supplied").rglob("*.py")
        chaff = self.reference.glob("*/chaff/*/*.py")
        for path in sorted({*public, *bands, *solutions, *supplied, *chaff}):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0" + path.read_bytes())
        return f"sha256:{digest.hexdigest()}"


def load(root: Path = SHIPPED, only: Collection[str] = ()) -> Course:
    """Read a course; `only` keeps just these exercises. Raises `CourseError`."""
    folder = root / "assignments"
    if not folder.is_dir():
        message = (
            f"{root} is no course: it has no folder assignments/. A course has assignments/ and reference/."
        )
        raise CourseError(message)
    if not checks_in(root):
        message = f"{folder} has no checks: a course has files assignments/<chapter>/test_<section>.py."
        raise CourseError(message)
    demand_known(root)
    syllabus = read(root)
    wanted = [path for path, module in checks_in(root).items() if syllabus is None or syllabus.part(module)]
    sections = [load_section(path) for path in wanted]
    if syllabus is not None:
        demand_sum(root, syllabus, sections)
    return Course(root, selected(sections, only), syllabus)


def demand_reference(course: Course) -> None:
    """Raise `CourseError` where a course lacks its reference, as students' copies do, or a part of it."""
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


def demand_sum(root: Path, syllabus: Syllabus, sections: Collection[Section]) -> None:
    """Raise `CourseError` where the points of a course don't add up to what its file says."""
    sums = {one.module: sum(exercise.max_points for exercise in one.exercises) for one in sections}
    total = sum(sums.values())
    if abs(total - syllabus.points) > DUST:
        parts = ", ".join(f"{module} {points:g}" for module, points in sums.items())
        raise problem(
            root, ("points",),
            f"points is {syllabus.points:g}, but all exercises add up to {total:g} ({parts}). "
            f"Write points = {total:g}, or give some exercises other points",
        )  # fmt: skip


def selected(sections: Collection[Section], only: Collection[str]) -> tuple[Section, ...]:
    """Keep just the exercises named in `only` (all, if it is empty). Raises `CourseError`."""
    known = [exercise.name for section in sections for exercise in section.exercises]
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        message = f"The course declares {', '.join(twice)} more than once; a name stands for one exercise."
        raise CourseError(message)
    unknown = [name for name in only if name not in known]
    if unknown:
        message = f"There is no exercise {', '.join(unknown)}. There are: {', '.join(known)}."
        raise CourseError(message)
    ordered = sorted(sections, key=lambda section: [int(part) for part in section.number.split(".")])
    if not only:
        return tuple(ordered)
    kept = []
    for section in ordered:
        exercises = tuple(exercise for exercise in section.exercises if exercise.name in only)
        if exercises:
            kept.append(replace(section, exercises=exercises))
    return tuple(kept)


def load_section(path: Path) -> Section:
    """Read a checks file: the exercises that the course has of it, for its points. Raises `CourseError`."""
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
    syllabus = read(root_of(path))
    return section if syllabus is None else settled(section, syllabus)


def settled(section: Section, syllabus: Syllabus) -> Section:
    """Return a section with the exercises, points and deadline that its course gives it.

    Raises `CourseError`.
    """
    root, part = root_of(section.checks), syllabus.part(section.module)
    if part is None:
        raise CourseError(f"{section.checks} is no part of the course: {SYLLABUS} doesn't name it.")
    keys = ("sections", syllabus.sections.index(part))
    kept = {
        one.name: one for one in section.exercises if part.exercises is None or one.name in part.exercises
    }
    for exercise in kept.values():
        if exercise.name in part.points and not exercise.max_points:
            said = f"the checks of {exercise.name} have no points, so there is nothing to share out by"
            raise problem(root, (*keys, "points", exercise.name), said)
    exercises = [one.worth(part.points.get(name, one.max_points)) for name, one in kept.items()]
    # What an answer calls and the course leaves out is the student's own: nobody judges it, or replaces it.
    apart = tuple(replace(one, uses=tuple(name for name in one.uses if name in kept)) for one in exercises)
    return replace(section, exercises=apart, deadline=part.deadline)


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
        message = f"{path} can't be loaded: {type(error).__name__}: {error}"
        raise CourseError(message) from error
    return module
