"""The source files of a submission, and the modules that a course supplies to it, as records."""

from __future__ import annotations

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """Source code: a notebook's cell, numbered from 1 among all its cells, or a whole `.py` (no number)."""

    number: int | None
    source: str


class SourceFile(msgspec.Struct, frozen=True):
    """One file of a submission: its path for display, its section module (if it is one), and its code.

    A file that can't be read has no cells, and `problem` says why.
    """

    path: str
    module: str | None
    cells: tuple[Cell, ...]
    problem: str = ""


class SuppliedModule(msgspec.Struct, frozen=True):
    """A module that the course supplies to programs, without what they are asked to write.

    Args:
        name: its full name, such as "d2l.torch".
        path: the file that tracebacks name, such as "d2l/torch.py"; no process with student code has it.
        is_package: whether it is a package.
        source: its source code.
        withheld: the names and methods that are not in it: "Trainer", "Classifier.accuracy".
    """

    name: str
    path: str
    is_package: bool
    source: str
    withheld: tuple[str, ...] = ()
