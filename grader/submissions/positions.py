"""Where a file defines functions and classes."""

from __future__ import annotations

import ast
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


def definitions(file: SourceFile) -> Iterator[Definition]:
    """Yield the functions and classes at top level, and below an `if` there, in their order.

    A cell that isn't plain Python has none: only a remark's line depends on them.
    """
    for cell in file.cells:
        try:
            with warnings.catch_warnings(action="ignore"):  # about the student's own strings
                statements = ast.parse(cell.source).body
        except UNPARSABLE:
            continue
        for node in _defining(statements):
            yield Definition(node.name[: limits.NAME], Location(file.path, cell.number, node.lineno))


def _defining(
    statements: Sequence[ast.stmt],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for statement in statements:
        branches = (*statement.body, *statement.orelse) if isinstance(statement, ast.If) else (statement,)
        for one in branches:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield one
