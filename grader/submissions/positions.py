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


def code_at(files: Sequence[SourceFile], location: Location | None) -> str:
    """Return the definition at a place, to its end; "" if there is none.

    A long one is cut, and ends with an ellipsis.
    """
    if location is None:
        return ""
    cells = (cell for file in files if file.path == location.path for cell in file.cells)
    source = next((cell.source for cell in cells if cell.number == location.cell), "")
    line = location.line
    rest = source.split("\n")[line - 1 :]
    lines = rest[: _length(source, line) or _length_by_indentation(rest)]
    shown = "\n".join(lines[: limits.SHOWN_LINES]).rstrip()
    is_whole = len(lines) <= limits.SHOWN_LINES and len(shown) <= limits.SHOWN_CODE
    return shown if is_whole else f"{shown[: limits.SHOWN_CODE]}\n…"


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


def _length(source: str, line: int) -> int:
    """Return how many lines the definition has that begins in a line; 0 if nothing tells."""
    try:
        with warnings.catch_warnings(action="ignore"):
            statements = ast.parse(source).body
    except UNPARSABLE:
        return 0
    ends = (node.end_lineno or 0 for node in _defining(statements) if node.lineno == line)
    return max(0, next(ends, 0) - line + 1)


def _length_by_indentation(rest: Sequence[str]) -> int:
    """Return how many lines the definition has that begins in the first one: those that are indented more."""
    for number, text in enumerate(rest[1:], start=1):
        if text.strip() and text[:1] not in " \t)]}":
            return number
    return len(rest)


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
