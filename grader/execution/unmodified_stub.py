"""Files in which nothing is written yet, recognized without running them or importing what they import."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from grader.execution.loading import is_stub
from grader.execution.student_code import TO_DO_MESSAGE
from grader.records.protocol import Absent

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.execution.loading import LoadError


def is_unmodified(source: str, names: Collection[str]) -> bool:
    """Return whether a file consists of imports and stubs only, including stubs of all these names."""
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


class UnmodifiedStub:
    """The answers of such a file, none of which is written yet."""

    def absent(self, exercise: str) -> Absent:
        """Return that an exercise is still to do."""
        return Absent("failed", TO_DO_MESSAGE.format(exercise), is_stub=True)

    def fault(self, exercise: str) -> LoadError | None:  # noqa: ARG002 - as in `Answers`
        """Return None: nothing was run."""
        return None

    def used(self, exercise: str, *_asked: object) -> frozenset[str]:
        """Raise `AssertionError`: callers test `absent` first."""
        raise AssertionError(f"{exercise} is still to do, and calls nothing")

    def ask(self, exercise: str, *_asked: object, **_quits: object) -> list[Any]:
        """Raise `AssertionError`: callers test `absent` first."""
        raise AssertionError(f"{exercise} is still to do, and can't be asked")
