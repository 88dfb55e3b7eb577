"""A file in which nothing is written yet: that is seen without running it, or importing what it imports."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from grader.execution.loading import is_stub
from grader.execution.student_code import STILL_TO_DO
from grader.records.protocol import Absent

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.execution.loading import LoadError


def is_untouched(source: str, names: Collection[str]) -> bool:
    """Return whether a file holds nothing but imports and stubs, those of all these names among them."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    written = [one for one in statements if not isinstance(one, ast.Import | ast.ImportFrom)]
    if written and ast.get_docstring(ast.Module(written[:1], [])) is not None:
        del written[0]
    found = [
        one.name
        for one in written
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.decorator_list and is_stub(one)
    ]
    return len(found) == len(written) and set(names) <= set(found)


class Untouched:
    """The answers of such a file: all of them are still to do."""

    def absent(self, exercise: str) -> Absent:
        """Return that an exercise is still to do."""
        return Absent("failed", STILL_TO_DO.format(exercise))

    def fault(self, exercise: str) -> LoadError | None:  # noqa: ARG002 - what other files may have
        """Return None: nothing was run."""
        return None

    def ask(self, exercise: str, *_asked: object, **_quits: object) -> list[Any]:
        """Fail: who asks for absences first never comes here."""
        raise AssertionError(f"{exercise} is still to do, and can't be asked")
