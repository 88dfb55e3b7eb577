"""The source files of a submission, and the modules that a course supplies to it, as records."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

MAX_PATH: Final = 1_000
MAX_CELLS: Final = 10_000
MAX_SOURCE: Final = 2**20
MAX_REASON: Final = 1_000
MAX_PASSED_OVER: Final = 20

CellNumber = Annotated[int, Meta(ge=1, le=MAX_CELLS)]
SourcePath = Annotated[str, Meta(max_length=MAX_PATH)]
Reason = Annotated[str, Meta(max_length=MAX_REASON)]
PassedOver = Annotated[tuple[Reason, ...], Meta(max_length=MAX_PASSED_OVER)]


class Cell(msgspec.Struct, frozen=True):
    """Source code: a notebook's cell, numbered from 1 among all its cells, or a whole `.py` (no number)."""

    number: CellNumber | None
    source: Annotated[str, Meta(max_length=MAX_SOURCE)]


class SourceFile(msgspec.Struct, frozen=True):
    """One file of a submission: its path for display, its section module (if it is one), and its code.

    A file that can't be read has no cells, and `problem` says why, with its path.
    """

    path: SourcePath
    module: Annotated[str, Meta(max_length=MAX_PATH)] | None
    cells: Annotated[tuple[Cell, ...], Meta(max_length=MAX_CELLS)]
    problem: Reason = ""


class NotRead(msgspec.Struct, frozen=True, tag=True):
    """A submission can't be read, through its student's fault. The reason is for the student.

    There may be `no_code` in it at all: a PDF, a picture, a link, a text.
    """

    reason: Reason
    no_code: bool = False


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
