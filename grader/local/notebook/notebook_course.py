"""Find the course of a notebook, and the section that declares an exercise."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.course import SHIPPED, load_section
from grader.course.course_toml import CourseError, declared, require_known_names
from grader.course.declarations import ASSIGNMENTS, checks_in
from grader.course.selection import is_checks
from grader.course.unknown_names import advice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.checks.exercise import Exercise
    from grader.course.course import Section

VARIABLE: Final = "GRADBOOK_COURSE"
NO_COURSE: Final = (
    "No course was found in {here}, its parent folders or its subfolders, nor beside the package grader. A "
    "course is a folder that contains assignments/. Name it with %check --course FOLDER, or with the "
    f"environment variable {VARIABLE}."
)


class NotInCourse(ValueError):
    """There is no such course, or no such exercise in it. The message says how to fix it."""


class NotebookCourse:
    """A course in a folder; each section is loaded when first needed. Raises `NotInCourse`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            require_known_names(root)
            self.paths = {name: path for path in checks_in(root) for name in declared(path)}
        except CourseError as error:
            raise NotInCourse(str(error)) from error
        if not self.paths:
            raise NotInCourse(
                f"{root} is not a course: it has no checks assignments/<chapter>/test_<section>.py."
            )
        self.sections: dict[Path, Section] = {}

    @property
    def names(self) -> list[str]:
        """The names of the exercises."""
        return list(self.paths)

    def find(self, names: Collection[str]) -> list[tuple[Section, Exercise]]:
        """Return exercises by name, or all, in the order of the book. Raises `NotInCourse`."""
        for name in names:
            if name not in self.paths:
                raise NotInCourse(self._unknown(name))
        wanted = {*(names or self.paths)}
        sections = [self._section(path) for path in {self.paths[name]: None for name in wanted}]
        ordered = sorted(sections, key=lambda section: [int(part) for part in section.number.split(".")])
        return [(section, one) for section in ordered for one in section.exercises if one.name in wanted]

    def _section(self, path: Path) -> Section:
        if path not in self.sections:
            try:
                self.sections[path] = load_section(path)
            except CourseError as error:
                raise NotInCourse(str(error)) from error
        return self.sections[path]

    def _unknown(self, name: str) -> str:
        return f"There is no exercise {name}{advice([name], list(self.paths))}"


@cache
def open_course(root: Path) -> NotebookCourse:
    """Return the course in a folder, the same object each time. Raises `NotInCourse`."""
    return NotebookCourse(root)


def find_course(given: str | None = None) -> Path:
    """Return the folder of the course. Raises `NotInCourse`.

    That is `given`, or the one that the environment variable names; else the first that is found in the
    current folder, its parents, its subfolders, or beside this package.
    """
    named = given or os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser().resolve()
        if not folder.is_dir():
            raise NotInCourse(f"There is no folder {named}. Name the folder that contains assignments/.")
        return folder.parent if folder.name == ASSIGNMENTS else folder
    found = next((folder for folder in _candidates(Path.cwd()) if _has_checks(folder)), None)
    if found is None:
        raise NotInCourse(NO_COURSE.format(here=Path.cwd()))
    return found


def _candidates(here: Path) -> Iterator[Path]:
    yield here
    yield from here.parents
    yield from sorted(path.parent for path in here.glob(f"*/{ASSIGNMENTS}"))
    yield SHIPPED


def _has_checks(folder: Path) -> bool:
    try:
        return any(is_checks(path) for path in checks_in(folder))
    except OSError:
        return False
