"""Where a file defines functions and classes."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

from grader.records.verdict import Location
from grader.submissions import limits
from grader.submissions.records import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.records.sources import SourceFile

UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What `ast.parse` raises. It takes no more than the memory and the stack that a process has."""
_DEFINITION = re.compile(r"(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")


def definitions(file: SourceFile) -> Iterator[Definition]:
    """Yield the functions and classes at top level, and below an `if` there, in their order.

    What isn't plain Python as a whole, with shell lines for example, is searched line by line at top level.
    """
    for cell in file.cells:
        try:
            with warnings.catch_warnings(action="ignore"):  # about the student's own strings
                statements = ast.parse(cell.source).body
        except UNPARSABLE:
            found = _by_line(cell.source)
        else:
            found = ((node.name, node.lineno) for node in _defining(statements))
        for name, line in found:
            yield Definition(name[: limits.NAME], Location(file.path, cell.number, line))


def _by_line(source: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(source.split("\n"), start=1):
        if match := _DEFINITION.match(line):
            yield match[1], number


def _defining(
    statements: Sequence[ast.stmt],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for statement in statements:
        branches = (*statement.body, *statement.orelse) if isinstance(statement, ast.If) else (statement,)
        for one in branches:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield one
