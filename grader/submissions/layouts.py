"""Layouts: how what a folder contains makes up submissions, and which layout a folder has.

To add one, add a `Layout` to `LAYOUTS`: then `grader grade --layout` accepts its name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grader.submissions import limits
from grader.submissions.contents import shown
from grader.submissions.naming import why_not_entered
from grader.submissions.walking import FOLDER, entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from grader.submissions.contents import Parts
    from grader.submissions.resemblance import CourseNames

AUTO: Final = "auto"
"""Not a layout: the first one that claims a folder."""
DEPTH: Final = 3
"""How many folders deep section modules are looked for: those in `assignments/ch5/` are two deep."""
FEW: Final = 5
"""A class of fewer submissions may well be the files of one student."""


@dataclass(frozen=True, slots=True)
class Child:
    """A file or folder that may be a submission.

    Args:
        path: its path.
        is_folder: whether it is a folder.
        is_given: whether the instructor named this path: then it may be a link.
        problem: why it can't be read, if that shows without opening it.
    """

    path: Path
    is_folder: bool
    is_given: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Folder:
    """A folder that the instructor named, its children in order, and what the course calls its files."""

    path: Path
    children: Sequence[Child]
    names: CourseNames

    @cached_property
    def sections(self) -> list[str]:
        """The paths of the section modules in it, one of each module, the least deep first.

        They are looked for in its folders, too, but not in those that may be a student's.
        """
        found: dict[str, str] = {}
        for parts in self._files():
            module = self.names.section(parts[-1])
            if module is not None:
                found.setdefault(module, "/".join(parts))
        return list(found.values())

    @cached_property
    def students(self) -> list[str]:
        """The names in it that may be those of students, or of their work."""
        return [
            child.path.name
            for child in self.children
            if self.names.section(child.path.name) is None
            and self.names.looks_like_a_student(child.path.name, is_folder=child.is_folder)
        ]

    def _files(self) -> Iterator[Parts]:
        """Yield the paths of files, level by level, without following links."""
        own = [child for child in self.children if not child.problem]
        yield from ((child.path.name,) for child in own if not child.is_folder)
        level: list[Parts] = [(child.path.name,) for child in own if child.is_folder]
        descriptor = os.open(self.path, FOLDER)
        try:
            for _ in range(DEPTH):
                inside = [
                    ((*parts, name), is_folder)
                    for parts in filter(self._is_looked_into, level)
                    for name, is_folder in sorted(_entries(descriptor, parts).items())
                ]
                yield from (parts for parts, is_folder in inside if not is_folder)
                level = [parts for parts, is_folder in inside if is_folder]
        finally:
            os.close(descriptor)

    def _is_looked_into(self, parts: Parts) -> bool:
        if self.names.looks_like_a_student(parts[-1], is_folder=True):
            return False
        return not why_not_entered(parts[-1], parts[-2] if len(parts) > 1 else "")


@dataclass(frozen=True, slots=True)
class Layout:
    """How what a folder contains makes up submissions.

    Args:
        name: its name.
        help: what `grader grade --help` says about it; "" if it has an option of its own.
        claims: returns why a folder has this layout, as a clause or "", or None if it doesn't.
        submissions: returns the submissions in a folder that has it.
        says: returns what a folder of that many submissions is.
        option: the option with which all folders have it.
        otherwise: what to do where it was claimed wrongly.
    """

    name: str
    help: str
    claims: Callable[[Folder], str | None]
    submissions: Callable[[Folder], Sequence[Child]]
    says: Callable[[int], str]
    option: str
    otherwise: str


def _is_one(folder: Folder) -> str | None:
    """Claim a folder in which more section modules are found than what looks like a student's."""
    sections, students = folder.sections, folder.students
    if len(sections) <= len(students):
        return None
    others = f" and {_count(len(sections) - 1, 'other section file')}" if len(sections) > 1 else ""
    besides = f", besides {_some(students)}" if students else ""
    return f"it contains {shown(sections[0])}{others}{besides}"


def _is_class(folder: Folder) -> str:
    """Claim every folder; the reason is only worth a word where it might be one submission."""
    sections, students = folder.sections, folder.students
    if sections:
        return f"it contains {_some(sections)}, but {_some(students)} may be students'"
    return "it contains no section's file by name" if len(folder.children) < FEW else ""


SINGLE: Final = Layout(
    "single",
    "",
    _is_one,
    lambda folder: [Child(folder.path, is_folder=True, is_given=True)],
    lambda _: "one submission",
    "--single",
    "use --layout plain if it is a class",
)
PLAIN: Final = Layout(
    "plain",
    "a class, in which each file or folder is a submission",
    _is_class,
    lambda folder: folder.children,
    lambda count: f"a class of {_count(count, 'submission')}",
    "--layout plain",
    "use --single if it is one submission",
)
LAYOUTS: Final = {layout.name: layout for layout in (SINGLE, PLAIN)}
"""All layouts, in the order in which they may claim a folder."""
NAMED: Final = {name: layout for name, layout in LAYOUTS.items() if layout.help}
"""Those that `--layout` accepts."""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _some(names: Sequence[str]) -> str:
    first, others = shown(names[0]), len(names) - 1
    return f"{first} and {_count(others, 'other')}" if others else first


def _entries(folder: int, parts: Parts) -> dict[str, bool]:
    """Return what a folder below an open one contains; nothing if it can't be read, or holds too much."""
    try:
        return entries(folder, parts, limits.MEMBERS) or {}
    except OSError:
        return {}
