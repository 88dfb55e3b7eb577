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

from grader.execution.loading.definitions import bindings, innermost
from grader.execution.loading.names import names_changed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import CodeType

    from grader.execution.loading.definitions import Statement

_GLOBAL_LOADS: Final = frozenset(["LOAD_GLOBAL", "LOAD_NAME"])
_BUILTINS: Final = frozenset(vars(builtins))


def deferred(
    left_out: Sequence[Statement], kept: Sequence[Statement], wanted: Collection[str]
) -> tuple[Statement, ...]:
    """Return those of the statements `left_out` that bind what an answer needs, in their order.

    Args:
        left_out: what else stands in the program.
        kept: the statements that run in any case.
        wanted: the names of answers: `softmax`, `Trainer.fit_epoch`.
    """
    bound_by_kept = [_bound(statement) for statement in kept]
    owners = {name.partition(".")[0] for name in wanted}
    ahead = {name for name in wanted if "." not in name} | owners
    seen: set[str] = set()
    chosen: set[int] = set()
    while ahead:
        seen |= ahead
        needed: set[str] = set()
        for statement, bound in zip(kept, bound_by_kept, strict=True):
            if bound & ahead:
                needed |= _global_names(statement.node)
        unbound = ahead - _BUILTINS - set().union(*bound_by_kept)
        for index, statement in enumerate(left_out):
            if index not in chosen and (_bound(statement) | _called_on(statement.node)) & unbound:
                chosen.add(index)
                needed |= _global_names(statement.node)
        ahead = needed - seen
    return tuple(replace(left_out[index], is_deferred=True) for index in sorted(chosen))


def _bound(statement: Statement) -> set[str]:
    """Return the names that a statement binds, and the classes to which it adds methods."""
    found: set[str] = set(statement.star_names)
    for node in innermost(statement.node):
        names = [one.name for one in bindings(node)]
        if isinstance(node, ast.Import | ast.ImportFrom):
            names += [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        found.update(name.partition(".")[0] for name in names)
    return found | _changed(statement.node)


def _changed(node: ast.stmt) -> set[str]:
    """Return the names that a statement changes at the top of its file, also those of a loop or a block."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    return names_changed(node)


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
    return set(_looked_up([code]))


def _looked_up(codes: Iterable[CodeType]) -> Iterator[str]:
    ahead = list(codes)
    while ahead:
        code = ahead.pop()
        ahead += [one for one in code.co_consts if isinstance(one, type(code))]
        for instruction in dis.get_instructions(code):
            if instruction.opname in _GLOBAL_LOADS:
                yield instruction.argval
