"""A program: one source file, parsed and pruned, ready to run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from grader.execution.loading.cells import PARSE_ERRORS, parse
from grader.execution.loading.definitions import Definition, Statement, definitions, may_define
from grader.execution.loading.dependencies import Dependencies
from grader.execution.loading.errors import LoadError, load_error
from grader.execution.loading.pruning import prune
from grader.execution.loading.running import filename

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.execution.loading.siblings import Siblings
    from grader.records.sources import SourceFile


@dataclass(frozen=True, slots=True)
class BrokenSource:
    """A part of a file, or all of it, that can't be run, and why."""

    source: str
    error: LoadError
    is_all: bool

    def hides(self, name: str) -> bool:
        """Return whether `name` (of a method, its last part) isn't defined because of this."""
        return self.is_all or may_define(self.source, name)


@dataclass(frozen=True)
class Program:
    """The statements of a file to run, and what they define."""

    file: SourceFile
    statements: tuple[Statement, ...] = ()
    definitions: tuple[Definition, ...] = ()
    broken: tuple[BrokenSource, ...] = ()

    @cached_property
    def dependencies(self) -> Dependencies:
        """Which names its statements bind, and which they refer to."""
        return Dependencies(self.statements, self.definitions)

    def defining(self, names: Collection[str]) -> list[Definition]:
        """Return the definitions of some names, in their order."""
        return [definition for definition in self.definitions if definition.name in names]

    def where(self, definition: Definition | None, *, is_only_file: bool) -> str:
        """Return the place of a definition, for a report; a notebook that is the only file is not named."""
        cell = definition.cell if definition else None
        return filename(self.file, cell) if cell is None or not is_only_file else f"cell {cell}"


def parse_program(file: SourceFile, wanted: Collection[str], siblings: Siblings | None = None) -> Program:
    """Parse a file, and leave out what need not run. Of what isn't Python, `broken` says why.

    Args:
        file: the file.
        wanted: the names that are kept, whatever they are bound to.
        siblings: the files that it can import, and that can import it.
    """
    if file.problem:
        return Program(file, broken=(BrokenSource("", LoadError("Unreadable", file.problem), is_all=True),))
    statements: list[Statement] = []
    broken: list[BrokenSource] = []
    for cell in file.cells:
        parsed = parse(cell.source, filename(file, cell.number))
        statements.extend(Statement(node, cell.number) for node in parsed.statements)
        broken.extend(
            BrokenSource(piece.source, load_error(piece.error, file.path), is_all=False)
            for piece in parsed.broken
        )
    if broken and not statements and file.cells[0].number is None:
        return Program(file, broken=(replace(broken[0], is_all=True),))
    try:
        kept = prune(statements, wanted, siblings.mentioned_beside(file) if siblings else ())
        if siblings is not None:
            kept = tuple(
                replace(
                    one,
                    node=siblings.rewritten(one.node, file),
                    star_names=siblings.star_names(one.node, file),
                )
                for one in kept
            )
        return Program(file, kept, definitions(kept), tuple(broken))
    except PARSE_ERRORS as error:
        return Program(file, broken=(BrokenSource("", load_error(error, file.path), is_all=True),))
