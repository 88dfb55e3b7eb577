"""Choose which of the statements that are left out must run after all: those that an answer needs.

A constant may come from anything: `args = parser.parse_args()`, `sizes = layer_sizes(3)`, a `while` loop, a
training run. Such statements run last, when everything that is safe has run. So they cost nothing but what
hangs on them.
"""

from __future__ import annotations

import ast
import builtins
import dis
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.execution.loading.definitions import DEFINING, bindings, class_names, innermost
from grader.execution.loading.names import names_changed, names_imported

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import CodeType

    from grader.execution.loading.definitions import Statement

_GLOBAL_LOADS: Final = frozenset(["LOAD_GLOBAL", "LOAD_NAME"])
_BUILTINS: Final = frozenset(vars(builtins))


def deferred(
    left_out: Sequence[Statement], kept: Sequence[Statement], wanted: Collection[str]
) -> tuple[Statement, ...]:
    """Return those of the statements `left_out` that bind what an answer needs, if nothing kept binds it.

    Args:
        left_out: what else stands in the program.
        kept: the statements that run in any case.
        wanted: the names of answers: `softmax`, `Trainer.fit_epoch`.
    """
    own = class_names([*kept, *left_out])
    kept_by_name = _by_name(_bound(one, own) for one in kept)
    left_out_by_name = _by_name(_bound(one, own) | _called_on(one.node) for one in left_out)
    chosen: set[int] = set()
    looked_at: set[int] = set()
    ahead = {name.partition(".")[0] for name in wanted}
    seen = set(ahead)
    while ahead:
        name = ahead.pop()
        nodes = [kept[index].node for index in kept_by_name.get(name, set()) - looked_at]
        looked_at |= kept_by_name.get(name, set())
        if name not in kept_by_name and name not in _BUILTINS:
            nodes += [left_out[index].node for index in left_out_by_name.get(name, set()) - chosen]
            chosen |= left_out_by_name.get(name, set())
        needed = {one for node in nodes for one in _global_names(node)} - seen
        ahead |= needed
        seen |= needed
    return tuple(replace(left_out[index], is_deferred=True) for index in sorted(chosen))


def _by_name(names: Iterable[set[str]]) -> dict[str, set[int]]:
    """Return, by name, the positions of the sets that have it."""
    found: dict[str, set[int]] = {}
    for index, these in enumerate(names):
        for name in these:
            found.setdefault(name, set()).add(index)
    return found


def _bound(statement: Statement, classes: Collection[str]) -> set[str]:
    """Return the names that a statement binds, and the classes to which it adds methods."""
    found: set[str] = set(statement.star_names)
    for node in innermost(statement.node):
        found.update(one.name.partition(".")[0] for one in bindings(node, classes))
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update(names_imported(node))
    is_definition = isinstance(statement.node, DEFINING)  # what is assigned in there is local
    return found if is_definition else found | names_changed(statement.node)


def _called_on(node: ast.stmt) -> set[str]:
    """Return `parser` of the statement `parser.add_argument("--lr")`: a call may change it."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=root)))):
            return {root}
        case _:
            return set()


def _global_names(node: ast.stmt) -> set[str]:
    """Return the names that a statement, or a function in it, looks up at the top of its file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(ast.Module([node], []), "<names>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return set(_looked_up(code))


def _looked_up(code: CodeType) -> Iterator[str]:
    ahead = [code]
    while ahead:
        code = ahead.pop()
        ahead += [one for one in code.co_consts if isinstance(one, type(code))]
        for instruction in dis.get_instructions(code):
            if instruction.opname in _GLOBAL_LOADS:
                yield instruction.argval
