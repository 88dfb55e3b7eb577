"""The checks at a notebook's disposal: where the course is, and which of its sections declares a name."""

from __future__ import annotations

import difflib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.course import SHIPPED, load_section
from grader.course.course_toml import CourseError, declared, demand_known
from grader.course.declarations import ASSIGNMENTS, checks_in
from grader.course.selection import is_checks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.checks.exercise import Exercise
    from grader.course.course import Section

VARIABLE: Final = "GRADBOOK_COURSE"
NO_COURSE: Final = (
    "No course was found: neither in {here}, above it or in a folder in it, nor beside the package grader. "
    "A course is a folder with assignments/. Say where it is: %check --course FOLDER, or set the environment "
    f"variable {VARIABLE}."
)


class NotOnShelf(ValueError):
    """There is no such course, or no such exercise in it. The message says what to do."""


class Shelf:
    """A course in a folder, of which sections are read when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            demand_known(root)
            self.paths = {name: path for path in checks_in(root) for name in declared(path)}
        except CourseError as error:
            raise NotOnShelf(str(error)) from error
        if not self.paths:
            raise NotOnShelf(
                f"{root} is no course: it has no checks assignments/<chapter>/test_<section>.py."
            )
        self.read: dict[Path, Section] = {}

    @property
    def names(self) -> list[str]:
        """The names of the exercises."""
        return list(self.paths)

    def find(self, names: Collection[str]) -> list[tuple[Section, Exercise]]:
        """Return exercises in the order of the book (all, where no name is given).

        Raises `NotOnShelf`.
        """
        for name in names:
            if name not in self.paths:
                raise NotOnShelf(self._unknown(name))
        wanted = {*(names or self.paths)}
        sections = [self._section(path) for path in {self.paths[name]: None for name in wanted}]
        ordered = sorted(sections, key=lambda section: [int(part) for part in section.number.split(".")])
        return [(section, one) for section in ordered for one in section.exercises if one.name in wanted]

    def _section(self, path: Path) -> Section:
        if path not in self.read:
            try:
                self.read[path] = load_section(path)
            except CourseError as error:
                raise NotOnShelf(str(error)) from error
        return self.read[path]

    def _unknown(self, name: str) -> str:
        lowered = {one.lower(): one for one in self.paths}
        near = [lowered[one] for one in difflib.get_close_matches(name.lower(), lowered)]
        if near:
            return f"There is no exercise {name}. Did you mean {' or '.join(near)}?"
        return f"There is no exercise {name}. There are: {', '.join(self.paths)}."


@cache
def shelf(root: Path) -> Shelf:
    """Return the shelf of a course, the same one each time. Raises `NotOnShelf`."""
    return Shelf(root)


def find_course(given: str | None = None) -> Path:
    """Return the folder of the course. Raises `NotOnShelf`.

    It is the one that is given, or that the environment names; else the first that is found in the current
    folder, above it, in a folder in it, or beside this package.
    """
    named = given or os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser().resolve()
        if not folder.is_dir():
            raise NotOnShelf(f"There is no folder {named}: name the one that holds assignments/.")
        return folder.parent if folder.name == ASSIGNMENTS else folder
    found = next((folder for folder in _candidates(Path.cwd()) if _has_checks(folder)), None)
    if found is None:
        raise NotOnShelf(NO_COURSE.format(here=Path.cwd()))
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
