"""Files in which nothing is written yet, recognized without running them or importing what they import."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from grader.execution.loading import is_stub
from grader.execution.loading.definitions import may_define
from grader.execution.student_code import TO_DO_MESSAGE
from grader.records.protocol import Absent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.execution.loading import LoadError
    from grader.records.sources import SourceFile


def is_unmodified(files: Sequence[SourceFile], wanted: Mapping[str, Collection[str]]) -> bool:
    """Return whether exercises are still to do, all of them, and no file need be run to see that.

    Args:
        files: the section's file, which must consist of imports and stubs only, including stubs of all
            exercises, and others, which must not seem to define any of them.
        wanted: the exercises, each with the names under which it may be defined.
    """
    own, *others = files
    if own.problem or not set(wanted) <= _stubs_alone(own).keys():
        return False
    spellings = [spelling for all_of in wanted.values() for spelling in all_of]
    return not any(
        may_define(cell.source, spelling)
        for file in others
        if not _stubs_alone(file)
        for cell in file.cells
        for spelling in spellings
    )


def _stubs_alone(file: SourceFile) -> dict[str, ast.stmt]:
    """Return the stubs in a file by name; nothing if there is more in it than imports and stubs."""
    if [cell.number for cell in file.cells] != [None]:
        return {}
    try:
        statements = ast.parse(file.cells[0].source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    written = [one for one in statements if not isinstance(one, ast.Import | ast.ImportFrom)]
    if written and ast.get_docstring(ast.Module(written[:1], [])) is not None:
        del written[0]
    found: dict[str, ast.stmt] = {
        one.name: one
        for one in written
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.decorator_list and is_stub(one)
    }
    return found if len(found) == len(written) else {}


class UnmodifiedStub:
    """The answers of such a file, none of which is written yet."""

    def absent(self, exercise: str) -> Absent:
        """Return that an exercise is still to do."""
        return Absent("failed", TO_DO_MESSAGE.format(exercise), is_stub=True)

    def fault(self, exercise: str) -> LoadError | None:  # noqa: ARG002 - as in `Answers`
        """Return None: nothing was run."""
        return None

    def raised_while_loaded(self) -> frozenset[str]:
        """Return nothing: nothing was run."""
        return frozenset()

    def used(self, exercise: str, *_asked: object) -> frozenset[str]:
        """Raise `AssertionError`: callers test `absent` first."""
        raise AssertionError(f"{exercise} is still to do, and calls nothing")

    def ask(self, exercise: str, *_asked: object, **_quits: object) -> list[Any]:
        """Raise `AssertionError`: callers test `absent` first."""
        raise AssertionError(f"{exercise} is still to do, and can't be asked")
