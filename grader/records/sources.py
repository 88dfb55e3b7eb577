"""The source files of a submission, as records."""

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
