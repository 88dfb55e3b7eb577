"""A folder that an instructor named, as layouts look at it: by the names in it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.submissions import limits
from grader.submissions.collecting import read_below
from grader.submissions.naming import why_not_entered
from grader.submissions.walking import FOLDER, entries, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.submissions.contents import Parts
    from grader.submissions.resemblance import CourseNames

DEPTH: Final = 3
"""How many folders deep section modules are looked for: those in `assignments/ch5/` are two deep."""


@dataclass(frozen=True, slots=True)
class Child:
    """A file or folder in a folder.

    Args:
        name: its name.
        is_folder: whether it is a folder.
        problem: why it can't be read, if that shows without opening it.
    """

    name: str
    is_folder: bool
    problem: str = ""


@dataclass(frozen=True)
class Folder:
    """A folder that the instructor named, its children in order, and what the course calls its files."""

    path: Path
    children: Sequence[Child]
    names: CourseNames

    @cached_property
    def own_path(self) -> Path:
        """The path with the names of the folders that it leads through, as "." and ".." don't tell."""
        return Path(os.path.realpath(self.path))

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
            child.name
            for child in self.children
            if self.names.section(child.name) is None
            and self.names.looks_like_a_student(child.name, is_folder=child.is_folder)
        ]

    def inside(self, *parts: str) -> dict[str, bool]:
        """Return what a folder in it contains, without links and what tools left behind.

        For each name, whether it is a folder; nothing if it can't be read, or holds too much.
        """
        try:
            with self._opened() as descriptor:
                return entries(descriptor, parts, limits.MEMBERS) or {}
        except OSError:
            return {}

    def holds(self, *parts: str) -> bool:
        """Return whether there is something at a path in it, hidden or not. No link is followed."""
        try:
            with self._opened() as descriptor, opened(descriptor, parts[:-1], FOLDER) as folder:
                os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
        except OSError:
            return False
        return True

    def content(self, *parts: str, limit: int) -> bytes:
        """Return the bytes of a file in it that a system wrote beside the hand-ins. No link is followed.

        Raises:
            Unreadable: it is larger than `limit` bytes, or not a regular file.
            OSError: it has vanished or may not be read.
        """
        with self._opened() as descriptor:
            return read_below(descriptor, parts, limit)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        descriptor = os.open(self.path, FOLDER)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _files(self) -> Iterator[Parts]:
        """Yield the paths of files, level by level, without following links."""
        own = [child for child in self.children if not child.problem]
        yield from ((child.name,) for child in own if not child.is_folder)
        level: list[Parts] = [(child.name,) for child in own if child.is_folder]
        for _ in range(DEPTH):
            inside = [
                ((*parts, name), is_folder)
                for parts in filter(self._is_looked_into, level)
                for name, is_folder in sorted(self.inside(*parts).items())
            ]
            yield from (parts for parts, is_folder in inside if not is_folder)
            level = [parts for parts, is_folder in inside if is_folder]

    def _is_looked_into(self, parts: Parts) -> bool:
        if self.names.looks_like_a_student(parts[-1], is_folder=True):
            return False
        return not why_not_entered(parts[-1], parts[-2] if len(parts) > 1 else "")
