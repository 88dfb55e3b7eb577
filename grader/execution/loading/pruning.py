"""Prune a notebook to its definitions: imports, functions, classes, and the constants that they need."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.loading.definitions import DEFINING, Statement, added_to, innermost, registration
from grader.execution.loading.safe_constants import imported_names, is_safe_constant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class _Names:
    imported: dict[str, str]
    defined: frozenset[str]


def prune(statements: Sequence[Statement], wanted: Collection[str]) -> tuple[Statement, ...]:
    """Return the statements to run, in their order, without training runs, plots, downloads and prints.

    A constant is kept if a definition, or another constant that is kept, refers to it, or if it is `wanted`.
    It never replaces a function or class of that name.
    """
    names = _Names(
        imported_names(statement.node for statement in statements),
        frozenset(
            node.name
            for statement in statements
            for node in innermost(statement.node)
            if isinstance(node, DEFINING) and added_to(node) is None
        ),
    )
    pruned = [
        Statement(node, s.cell) for s in statements if (node := _pruned_or_none(s.node, names)) is not None
    ]
    counts = [_defines(statement.node, names) for statement in pruned]
    needed = set(wanted) | names_loaded(s.node for s, counted in zip(pruned, counts, strict=True) if counted)
    grown = True
    while grown:
        grown = False
        for index, statement in enumerate(pruned):
            if not counts[index] and names_stored(statement.node) & needed:
                counts[index] = grown = True
                needed |= names_loaded([statement.node])
    return tuple(statement for statement, counted in zip(pruned, counts, strict=True) if counted)


def _pruned_or_none(node: ast.stmt, names: _Names) -> ast.stmt | None:
    try:
        return _pruned(node, names)
    except RecursionError:  # thousands of nested expressions, as in no honest notebook
        return None


def _pruned(node: ast.stmt, names: _Names) -> ast.stmt | None:
    """Return the statement without the parts that aren't run, or None if none is."""
    if isinstance(node, (*_IMPORTS, *DEFINING)):
        return node
    if isinstance(node, ast.If | ast.Try | ast.TryStar | ast.With):
        return _pruned_compound(node, names)
    if registration(node) is not None:
        return node
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return node if _is_constant(node, names) or _defines(node, names) else None
    return None


def _pruned_compound(node: ast.If | ast.Try | ast.TryStar | ast.With, names: _Names) -> ast.stmt | None:
    def block(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
        return [pruned for statement in statements if (pruned := _pruned(statement, names)) is not None]

    body = block(node.body)
    if isinstance(node, ast.With):
        return _copied(node, ast.If(ast.Constant(value=True), body, [])) if body else None
    orelse = block(node.orelse)
    if isinstance(node, ast.If):
        if is_safe_constant(node.test, names.imported, names.defined):
            return _copied(node, ast.If(node.test, body or [ast.Pass()], orelse)) if body or orelse else None
        return _copied(node, ast.If(ast.Constant(value=True), body or orelse, [])) if body or orelse else None
    handled = [block(handler.body) for handler in node.handlers]
    final = block(node.finalbody)
    if not any([body, orelse, final, *handled]):
        return None
    handlers = [
        ast.ExceptHandler(handler.type, handler.name, kept or [ast.Pass()])
        for handler, kept in zip(node.handlers, handled, strict=True)
    ]
    return _copied(node, type(node)(body or [ast.Pass()], handlers, orelse, final))


def _copied(old: ast.stmt, new: ast.stmt) -> ast.stmt:
    return ast.fix_missing_locations(ast.copy_location(new, old))


def _is_constant(node: ast.Assign | ast.AnnAssign, names: _Names) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    plain = all(isinstance(target, ast.Name | ast.Tuple | ast.List) for target in targets)
    own = not (names_stored(node) & names.defined)
    return (
        plain
        and own
        and node.value is not None
        and is_safe_constant(node.value, names.imported, names.defined)
    )


def _defines(node: ast.stmt, names: _Names) -> bool:
    """Return whether the statement is always run: it imports, or binds a function or class to a name."""
    for inner in ast.walk(node):
        if isinstance(inner, (*_IMPORTS, *DEFINING)):
            return True
        if isinstance(inner, ast.Expr | ast.Assign) and registration(inner) is not None:
            return True
        if isinstance(inner, ast.Assign) and _is_another_name(inner.value, names):
            return True
    return False


def _is_another_name(value: ast.expr, names: _Names) -> bool:
    """Return whether `value` is a function: a lambda, a name that the notebook defines, or a package's."""
    if isinstance(value, ast.Lambda):
        return True
    root = value
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and (
        root.id in names.imported or (root is value and root.id in names.defined)
    )


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
