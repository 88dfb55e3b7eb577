"""The records of a submission: where it is, the bytes that were handed in, what the reader makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from grader.records.sources import PassedOver, SourceFile
from grader.records.verdict import Attempt, Location
from grader.records.written import WrittenAnswers
from grader.submissions import limits

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder that was handed in.

    Args:
        given: the path that the instructor named; it may be a link.
        below: where the part is below it; no link is followed on this way. Empty: it is the path itself.
        name: where it is below the submission, with slashes, as the student called it; "": a file has its own
            name, and what a folder contains is directly in the submission.
        problem: why it can't be read, if that shows without opening it.
    """

    given: Path
    below: tuple[str, ...] = ()
    name: str = ""
    problem: str = ""

    @property
    def path(self) -> Path:
        """The path of the file or folder."""
        return self.given.joinpath(*self.below)


class RawFile(msgspec.Struct, frozen=True):
    """One file as it was handed in.

    Args:
        path: its path below the submission, with slashes; bytes, since file names need not be text.
        data: its content.
        problem: why it has none, if it is too large, for example.
    """

    path: bytes
    data: bytes
    problem: str = ""


class HandIn(msgspec.Struct, frozen=True):
    """What was handed in: files chosen by their names. Nothing in them was decoded, unpacked or parsed.

    Args:
        modules: the section modules of the course.
        files: the Python files and notebooks; where a folder has none, its archives. The first file of each
            section comes first, then the least deep, then by path.
        is_folder: whether it is a folder; else it is a single file.
        passed_over: what was left out, and why.
        sha256: the hash of the files' paths and bytes, which says whether the submission has changed.
    """

    modules: tuple[str, ...]
    files: tuple[RawFile, ...]
    is_folder: bool
    passed_over: tuple[str, ...] = ()
    sha256: str = ""


class Definition(msgspec.Struct, frozen=True):
    """Where a function or class is defined."""

    name: Annotated[str, Meta(max_length=limits.NAME)]
    location: Location


class Submission(msgspec.Struct, frozen=True, tag=True):
    """What the reader found in a submission. It comes from a process that read hostile bytes.

    Args:
        files: all Python files and notebooks that can be read, and those of sections that can't; the file of
            each section first, then the least deep, then by path.
        definitions: where they define functions and classes, in their order.
        passed_over: what was left out, and why.
        written: what is written about sections, in words.
    """

    files: Annotated[tuple[SourceFile, ...], Meta(max_length=limits.FILES)]
    definitions: Annotated[tuple[Definition, ...], Meta(max_length=limits.DEFINITIONS)] = ()
    passed_over: PassedOver = ()
    written: WrittenAnswers = ()

    def program(self, module: str) -> tuple[SourceFile, ...]:
        """Return the files in which a section's exercises are looked for, its own file first.

        Those are all files, less the ones of other sections that can't be read.
        """
        files = (file for file in self.files if not file.problem or file.module == module)
        return tuple(sorted(files, key=lambda file: file.module != module))

    def location(self, module: str, names: Collection[str], attempt: Attempt | None) -> Location | None:
        """Return where an exercise is defined: the attempt that counts if it can be told, else the last one.

        Args:
            module: the section's module.
            names: the names under which the exercise may be defined; of a method, its class counts.
            attempt: the attempt that counts. The student's process says where it is, so it is only compared.
        """
        classes = {name.partition(".")[0] for name in names}
        own = {file.path for file in self.files if file.module == module}
        found = [one.location for one in self.definitions if one.name in classes]
        where = attempt.where if attempt else ""
        counted = [one for one in found if where in _places(one)]
        candidates = counted or [one for one in found if one.path in own] or found
        return candidates[-1] if candidates else None


def _places(location: Location) -> tuple[str, ...]:
    """Return how an attempt may call a place."""
    if location.cell is None:
        return (location.path,)
    return f"cell {location.cell}", f"{location.path}, cell {location.cell}"
