"""Find what may be meant by a name that isn't defined: what is spelled alike, or stands inside a function."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from grader.execution.loading.definitions import DEFINING, added_to, innermost

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable, Iterator

    from grader.execution.loading.program import Program

SIMILAR: Final = 0.85
"""The ratio of `difflib.SequenceMatcher` from which on two names are alike."""
SHORTEST: Final = 5
"""Shorter names differ in one letter and mean something else: tan and tanh."""
MAX_NAME: Final = 60


def near_miss(programs: Iterable[Program], name: str, others: Collection[str]) -> str:
    """Return a sentence that says what may be meant by a name that isn't defined; "" if nothing may.

    Args:
        programs: the files, parsed.
        name: the name that is missing: `softmax`.
        others: names that something else is expected to have.
    """
    programs = list(programs)
    places = [
        (_place(program, index, node), outer, node.name)
        for program in programs
        for index, statement in enumerate(program.statements)
        for outer, node in _definitions(statement.node)
    ]
    for place, outer, found in places:
        if found == name and outer:
            return (
                f"It is defined inside {outer[:MAX_NAME]} ({place}), where nothing else sees it: move it to "
                "the left edge."
            )
    known = {_squeezed(found): (place, found) for place, outer, found in places if not outer}
    candidates = [one for one, (_place_of, found) in known.items() if found not in others]
    similar = (
        difflib.get_close_matches(_squeezed(name), candidates, 1, SIMILAR) if len(name) >= SHORTEST else []
    )
    if not similar:
        return ""
    place, found = known[similar[0]]
    return f"Is {found[:MAX_NAME]} ({place}) meant to be it? Then call it {name}."


def _definitions(
    node: ast.stmt,
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Yield all functions and classes in a statement, each with the name of what it stands in, or ""."""
    ahead = [("", inner) for inner in innermost(node)]
    while ahead:
        outer, inner = ahead.pop(0)
        if isinstance(inner, DEFINING):
            if added_to(inner) is None:
                yield outer, inner
            ahead += [(inner.name, one) for child in inner.body for one in innermost(child)]


def _place(program: Program, statement: int, node: ast.stmt) -> str:
    cell = program.statements[statement].cell
    return f"{program.file.path}, line {node.lineno}" if cell is None else f"cell {cell}, line {node.lineno}"


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()
