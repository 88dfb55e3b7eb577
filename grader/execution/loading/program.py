"""A program: one source file, parsed and pruned, ready to run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.loading.cells import PARSE_ERRORS, parse, parse_python
from grader.execution.loading.definitions import Definition, Statement, definitions
from grader.execution.loading.errors import LoadError, load_error
from grader.execution.loading.pruning import prune
from grader.execution.loading.replacing import finish
from grader.execution.loading.running import (
    NOTHING_REPLACED,
    RunResult,
    filename,
    run_module,
    run_notebook,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from grader.execution.loading.replacing import Replacement
    from grader.records.sources import SourceFile


@dataclass(frozen=True, slots=True)
class BrokenSource:
    """A cell or file that can't be run, and why."""

    source: str
    error: LoadError
    is_all: bool

    def hides(self, name: str) -> bool:
        """Return whether `name` (of a method, its last part) isn't defined because of this."""
        defined = re.escape(name.rpartition(".")[2])
        return self.is_all or re.search(rf"\b(def|class)\s+{defined}\b", self.source) is not None


@dataclass(frozen=True, slots=True)
class Program:
    """The statements of a file to run, and what they define."""

    file: SourceFile
    statements: tuple[Statement, ...] = ()
    definitions: tuple[Definition, ...] = ()
    broken: tuple[BrokenSource, ...] = ()

    @property
    def is_notebook(self) -> bool:
        """Whether this is a notebook, of which only definitions are run, one by one."""
        return any(cell.number is not None for cell in self.file.cells)

    def where(self, definition: Definition | None, *, is_only_file: bool) -> str:
        """Return the place of a definition, for a report; a notebook that is the only file is not named."""
        cell = definition.cell if definition else None
        return filename(self.file, cell) if cell is None or not is_only_file else f"cell {cell}"


def parse_program(file: SourceFile, wanted: Collection[str]) -> Program:
    """Parse a file. One that isn't Python has no statements, and `broken` says why."""
    if file.problem:
        return Program(file, broken=(BrokenSource("", LoadError("Unreadable", file.problem), is_all=True),))
    statements: list[Statement] = []
    broken: list[BrokenSource] = []
    for cell in file.cells:
        try:
            nodes = (
                parse_python(cell.source, file.path)
                if cell.number is None
                else parse(cell.source, filename(file, cell.number))
            )
        except PARSE_ERRORS as error:
            broken.append(BrokenSource(cell.source, load_error(error, file.path), is_all=cell.number is None))
        else:
            statements.extend(Statement(node, cell.number) for node in nodes)
    try:
        if file.cells and file.cells[0].number is not None:
            statements = list(prune(statements, wanted))
        return Program(file, tuple(statements), definitions(statements), tuple(broken))
    except RecursionError as error:
        return Program(file, broken=(BrokenSource("", load_error(error, file.path), is_all=True),))


def run(
    program: Program,
    leave_out: Collection[int] = (),
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
) -> tuple[Program, RunResult]:
    """Run a program without some of its statements; one that can't be compiled is returned as broken.

    Answers that are `replaced` are the correct ones all the while, and so are methods when it has run.
    """
    try:
        ran = _run(program, leave_out, replaced)
    except PARSE_ERRORS as error:
        record = load_error(error, program.file.path)
        return Program(program.file, broken=(BrokenSource("", record, is_all=True),)), RunResult()
    finish(ran.namespace, replaced)
    return program, ran


def _run(program: Program, leave_out: Collection[int], replaced: Mapping[str, Replacement]) -> RunResult:
    if program.is_notebook:
        return run_notebook(program.file, program.statements, leave_out, replaced)
    return run_module(program.file, program.statements, replaced) if program.statements else RunResult()
