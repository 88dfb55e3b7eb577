"""Source files as records: what a submission holds, on both sides of the wall."""

from __future__ import annotations

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """Source: a notebook's cell, counted from 1 among all its cells, or a whole `.py`, without number."""

    number: int | None
    source: str


class SourceFile(msgspec.Struct, frozen=True):
    """One file of a submission: its path for display, its section module (if it is one), and its code.

    A file among others that can't be read has no cells and says in `problem` why.
    """

    path: str
    module: str | None
    cells: tuple[Cell, ...]
    problem: str = ""
