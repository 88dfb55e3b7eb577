"""The names in a program's statements: those that they refer to, assign to, and change."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BUILDERS: Final = frozenset(["add", "append", "extend", "insert", "setdefault", "update"])
"""Methods that build a list, a dictionary or a set step by step."""


def names_imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the names that an import binds; "*" stands for those of `import *`."""
    return [alias.asname or alias.name.partition(".")[0] for alias in node.names]


def names_loaded(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that statements refer to, at any depth."""
    return {
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }


def names_stored(node: ast.AST) -> set[str]:
    """Return the names that a statement assigns to, at any depth."""
    names = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}


def names_changed(node: ast.AST) -> set[str]:
    """Return the names that a statement assigns to, and those whose list or dictionary it goes on with."""
    found = names_stored(node)
    for inner in ast.walk(node):
        match inner:
            case ast.Subscript(value=ast.Name(id=root), ctx=ast.Store()):
                found.add(root)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=root), attr=method))) if (
                method in BUILDERS
            ):
                found.add(root)
    return found
