"""Prune a program to its definitions: imports, functions, classes, and the constants that they need.

So a training run, a plot, an install or a download at the top of a file costs nothing, and what it raises
costs nothing that doesn't need it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.execution.loading.deferring import deferred
from grader.execution.loading.definitions import (
    DEFINING,
    Statement,
    added_to,
    adds_each,
    class_names,
    innermost,
    registration,
    renames,
)
from grader.execution.loading.names import BUILDERS, names_changed, names_loaded, names_stored
from grader.execution.loading.record_classes import record_classes
from grader.execution.loading.safe_constants import imported_names, is_safe_constant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a program: what imported ones refer to, its functions and classes, and what is wanted.

    `classes` are its classes by themselves, and `records` those of them that merely store values. `above` has
    the functions and classes that are defined above the statement that is looked at.
    """

    imported: dict[str, str]
    defined: frozenset[str]
    wanted: frozenset[str]
    records: frozenset[str]
    classes: frozenset[str]
    above: set[str] = field(default_factory=set)


def prune(
    statements: Sequence[Statement], wanted: Collection[str], mentioned: Collection[str] = ()
) -> tuple[Statement, ...]:
    """Return the statements to run, in their order, without training runs, plots, downloads and prints.

    A constant is kept if a definition, or another constant that is kept, refers to it, or if it is `wanted`,
    or `mentioned` in another file. It never replaces a function or class of that name above it. What only a
    main program runs comes last, but for what is `deferred`.
    """
    statements = list(_without_main_blocks(statements))
    imported = imported_names(statement.node for statement in statements)
    names = _Names(
        imported,
        frozenset(name for statement in statements for name in _defined_in(statement.node)),
        frozenset(wanted),
        record_classes((statement.node for statement in statements), imported),
        class_names(statements),
    )
    pruned: list[Statement | None] = []
    for statement in statements:
        node = _pruned_or_none(statement.node, names)
        pruned.append(None if node is None else replace(statement, node=node))
        names.above.update(_defined_in(statement.node))
    counted = _counted(pruned, {*wanted, *mentioned, "__all__"}, names)
    kept = [statement for index, statement in enumerate(pruned) if statement and index in counted]
    left_out = [statement for index, statement in enumerate(statements) if index not in counted]
    return (*kept, *deferred(left_out, kept, wanted))


def _counted(pruned: Sequence[Statement | None], needed: set[str], names: _Names) -> set[int]:
    """Return the indices of the statements that define something, and of the constants that those need."""
    constants: dict[int, Statement] = {}
    counted = set()
    for index, statement in enumerate(pruned):
        if statement is not None and _defines(statement.node, names):
            counted.add(index)
            needed |= names_loaded([statement.node])
        elif statement is not None:
            constants[index] = statement
    changed = {index: names_changed(statement.node) for index, statement in constants.items()}
    while grown := [index for index in constants if changed[index] & needed]:
        counted.update(grown)
        needed |= names_loaded(constants.pop(index).node for index in grown)
    return counted


def _defined_in(node: ast.stmt) -> Iterator[str]:
    """Yield the functions and classes that a statement defines; not methods that it adds to a class."""
    for inner in innermost(node):
        if isinstance(inner, DEFINING) and added_to(inner) is None:
            yield inner.name


def _without_main_blocks(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield statements with those of `if __name__ == "__main__":` by themselves.

    A notebook is the main program. A file isn't, when it is imported: there they come last.
    """
    of_main = []
    for statement in statements:
        match statement.node:
            case ast.If(test=test, body=body, orelse=orelse) if _is_of_main(test):
                inner = [Statement(node, statement.cell, statement.cell is None) for node in body]
                if statement.cell is None:
                    of_main += inner
                    yield from (Statement(node) for node in orelse)
                else:
                    yield from inner
            case _:
                yield statement
    yield from of_main


def _is_of_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            sides = {getattr(side, "id", getattr(side, "value", None)) for side in (left, right)}
            return sides == {"__name__", "__main__"}
        case _:
            return False


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
    if registration(node, names.classes) is not None or adds_each(node, names.classes) or renames(node):
        return node
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return node if _is_constant(node, names) or _defines(node, names) else None
    return node if _builds(node, names) else None


def _pruned_compound(node: ast.If | ast.Try | ast.TryStar | ast.With, names: _Names) -> ast.stmt | None:
    def block(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
        return [pruned for statement in statements if (pruned := _pruned(statement, names)) is not None]

    body = block(node.body)
    if isinstance(node, ast.With):
        return _copied(node, ast.If(ast.Constant(value=True), body, [])) if body else None
    orelse = block(node.orelse)
    if isinstance(node, ast.If):
        if _is_safe(node.test, names):
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
    own = not (names_stored(node) & names.above)
    return plain and own and node.value is not None and _is_safe(node.value, names)


def _builds(node: ast.stmt, names: _Names) -> bool:
    """Return whether a statement does nothing but go on with a constant: `squares.append(4)`.

    A loop does if all of its statements do: a training run does something else, too.
    """
    match node:
        case ast.For(target=ast.Name() | ast.Tuple(), iter=iterable, body=body, orelse=[]):
            return _is_safe(iterable, names) and all(_goes_on(inner, names) for inner in body)
        case _:
            return _goes_on(node, names, alone=True)


def _goes_on(node: ast.stmt, names: _Names, *, alone: bool = False) -> bool:
    match node:
        case ast.AugAssign(target=ast.Name() | ast.Subscript(value=ast.Name())):
            parts: list[ast.AST] = [node.target, node.value]
        case ast.Assign(targets=[ast.Subscript(value=ast.Name())]):
            parts = [node.targets[0], node.value]
        case ast.Assign(targets=[ast.Name()]) if not alone:
            parts = [node.value]
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=root), attr=method), args=args, keywords=keywords
            )
        ) if method in BUILDERS and root not in names.imported:
            parts = [*args, *(keyword.value for keyword in keywords)]
        case ast.For():
            return _builds(node, names)
        case _:
            return False
    return not names_changed(node) & names.defined and all(_is_safe(part, names) for part in parts)


def _is_safe(node: ast.AST, names: _Names) -> bool:
    return is_safe_constant(node, names.imported, names.defined, names.records)


def _defines(node: ast.stmt, names: _Names) -> bool:
    """Return whether the statement is always run: it imports, or binds a function or class to a name."""
    if adds_each(node, names.classes) or renames(node):
        return True
    for inner in ast.walk(node):
        if isinstance(inner, (*_IMPORTS, *DEFINING)):
            return True
        if isinstance(inner, ast.Expr | ast.Assign) and registration(inner, names.classes) is not None:
            return True
        if isinstance(inner, ast.Assign) and (
            _is_another_name(inner.value, names) or _is_made_by_a_call(inner, names)
        ):
            return True
    return False


def _is_made_by_a_call(node: ast.Assign, names: _Names) -> bool:
    """Return whether an answer that is nowhere defined is made by a call: `softmax = normal(torch.exp)`."""
    targets = {target.id for target in node.targets if isinstance(target, ast.Name)}
    return isinstance(node.value, ast.Call) and bool(targets & names.wanted - names.defined)


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
