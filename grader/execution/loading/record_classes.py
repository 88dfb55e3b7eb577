"""Find the classes that merely store values: making one of their objects is as cheap as a dictionary.

A definition may need such an object: `config = Config(lr=0.1)`, of a data class, a named tuple, or a class
whose `__init__` does nothing but store.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from grader.execution.loading.definitions import DEFINING, FUNCTIONS, innermost, last_name
from grader.execution.loading.safe_constants import is_safe_constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BASES: Final = frozenset(["NamedTuple", "object"])
_DECORATORS: Final = frozenset(["dataclass"])
_RUN_WHEN_MADE: Final = frozenset(["__new__", "__post_init__", "__setattr__"])


def record_classes(statements: Iterable[ast.stmt], imported: Mapping[str, str]) -> frozenset[str]:
    """Return the names of classes that merely store values, whichever of their definitions counts.

    Args:
        statements: those at the top of a program.
        imported: what each imported name refers to.
    """
    found: dict[str, bool] = {}
    for statement in statements:
        for node in innermost(statement):
            if isinstance(node, DEFINING):
                found[node.name] = found.get(node.name, True) and _is_record(node, imported)
    return frozenset(name for name, is_record in found.items() if is_record)


def _is_record(node: ast.stmt, imported: Mapping[str, str]) -> bool:
    if not isinstance(node, ast.ClassDef) or node.keywords:
        return False
    decorators = {last_name(one.func if isinstance(one, ast.Call) else one) for one in node.decorator_list}
    if not (decorators <= _DECORATORS and {last_name(base) for base in node.bases} <= _BASES):
        return False
    methods = [one for one in node.body if isinstance(one, FUNCTIONS)]
    return all(
        _only_stores(method, imported) if method.name == "__init__" else method.name not in _RUN_WHEN_MADE
        for method in methods
    )


def _only_stores(init: ast.FunctionDef | ast.AsyncFunctionDef, imported: Mapping[str, str]) -> bool:
    """Return whether every statement of an `__init__` gives an attribute of the object a value."""
    return not init.decorator_list and all(_stores(statement, imported) for statement in init.body)


def _stores(statement: ast.stmt, imported: Mapping[str, str]) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name())], value=value):
            return is_safe_constant(value, imported)
        case ast.AnnAssign(target=ast.Attribute(value=ast.Name()), value=ast.expr() as value):
            return is_safe_constant(value, imported)
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            return True
        case _:
            return False
