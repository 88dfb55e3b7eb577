"""A course: its sections, read from a folder with `assignments/` and `reference/`."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.exercise import Exercise
from grader.selection import TITLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import ModuleType

SHIPPED: Final = Path(__file__).resolve().parent.parent


class CourseError(ValueError):
    """The folder isn't a course, or something in it is wrong. The message says what to do."""


@dataclass(frozen=True, eq=False)
class Section:
    """One section of the book: a stub, its checks, and the reference."""

    number: str
    title: str
    chapter: str
    module: str
    checks: Path
    exercises: tuple[Exercise, ...]

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
    """A folder with the trees `assignments/` and `reference/`."""

    root: Path
    sections: tuple[Section, ...] = field(default=())

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
        names that are supplied, and the chaff that wrong answers are compared with.
        """
        digest = hashlib.sha256()
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
    paths = sorted(folder.glob("*/test_*.py"))
    if not paths:
        message = f"{folder} has no checks: a course has files assignments/<chapter>/test_<section>.py."
        raise CourseError(message)
    sections = [load_section(path) for path in paths]
    return Course(root, selected(sections, only))


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
            kept.append(
                Section(
                    section.number, section.title, section.chapter, section.module, section.checks, exercises
                )
            )
    return tuple(kept)


def load_section(path: Path) -> Section:
    """Read a checks file. Raises `CourseError`."""
    module = load_module(path)
    match = TITLE.match(module.__doc__ or "")
    if match is None:
        message = f'{path} must begin with its section, as in """4.4 Softmax regression from scratch."""'
        raise CourseError(message)
    exercises = tuple(value for value in vars(module).values() if isinstance(value, Exercise))
    if not exercises:
        message = f"{path} declares no exercise."
        raise CourseError(message)
    name = path.stem.removeprefix("test_")
    return Section(match["number"], match["title"], path.parent.name, name, path, exercises)


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
