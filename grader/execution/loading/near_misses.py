"""Find what may be meant by a name that isn't defined: what is spelled alike, or stands inside a function."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.execution.loading.definitions import DEFINING, added_to, innermost
from grader.records.spelling import alike

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable, Iterator

    from grader.execution.loading.program import Program

SIMILAR: Final = 0.85
"""How alike names must be (`grader.records.spelling`)."""
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
    places = list(_places(programs))
    inside = _inside(places, name)
    if inside:
        return f"It is {inside}"
    known = {place.name: place for place in places if not place.outer and place.name not in others}
    similar = alike(name, known, least=SIMILAR) if len(name) >= SHORTEST else []
    if not similar:
        return ""
    place = known[similar[0]]
    return f"Is {place.name[:MAX_NAME]} ({place.where}) meant to be it? Then call it {name}."


def inside_a_method(programs: Iterable[Program], owner: str, name: str) -> str:
    """Return a sentence about a method that is defined, but inside another one of its class; "" if it isn't.

    Args:
        programs: the files, parsed.
        owner: the class that lacks the method.
        name: the method's name.
    """
    places = (one for one in _places(programs) if one.owner == owner and one.outer != owner)
    inside = _inside(places, name)
    return f"{name[:MAX_NAME]} is {inside}" if inside else ""


class _Place(NamedTuple):
    """A definition: where it is, what it stands in (outermost and directly; "" for nothing), and its name."""

    where: str
    owner: str
    outer: str
    name: str


def _places(programs: Iterable[Program]) -> Iterator[_Place]:
    for program in programs:
        for index, statement in enumerate(program.statements):
            with contextlib.suppress(RecursionError):  # hundreds of nested blocks: nothing is said about them
                for owner, outer, node in _definitions(statement.node):
                    yield _Place(_where(program, index, node), owner, outer, node.name)


def _inside(places: Iterable[_Place], name: str) -> str:
    for place in places:
        if place.name == name and place.outer:
            outer = place.outer[:MAX_NAME]
            return f"defined inside {outer} ({place.where}), where nothing else sees it: move it to the left."
    return ""


def _definitions(
    node: ast.stmt,
) -> Iterator[tuple[str, str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Yield all functions and classes in a statement, each with the names of what it stands in, or ""."""
    ahead = deque(("", "", inner) for inner in innermost(node))
    while ahead:
        owner, outer, inner = ahead.popleft()
        if isinstance(inner, DEFINING):
            if added_to(inner) is None:
                yield owner, outer, inner
            ahead += [
                (owner or inner.name, inner.name, one) for child in inner.body for one in innermost(child)
            ]


def _where(program: Program, statement: int, node: ast.stmt) -> str:
    cell = program.statements[statement].cell
    return f"{program.file.path}, line {node.lineno}" if cell is None else f"cell {cell}, line {node.lineno}"
