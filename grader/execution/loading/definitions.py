"""Find definitions: which statements of a program define which names, and which of them are stubs."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STUB_WORDS = frozenset(["NotImplementedError", "NotImplemented"])
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINING = (*_FUNCTIONS, ast.ClassDef)
"""The statements that define a function or a class."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement, and its cell, if it is a notebook's."""

    node: ast.stmt
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition of a name.

    A method's name is `Class.method`, whether it is written in its class or was added to it; `owner` is then
    the expression that names the class. `additions` are statements that add methods to this class.
    """

    name: str
    owner: ast.expr | None
    statement: int
    cell: int | None
    is_stub: bool
    additions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Binding:
    name: str
    owner: ast.expr | None
    node: ast.AST
    statement: int


def is_stub(node: ast.AST) -> bool:
    """Return whether a function or class is still to be written.

    A function is a stub if its body, docstring aside, only raises `NotImplementedError` (or, as in the book,
    `NotImplemented`), passes, or is `...`. A class is one if all its methods are, or if it is empty.
    """
    if isinstance(node, _FUNCTIONS):
        return all(_does_nothing(statement) for statement in node.body)
    if isinstance(node, ast.ClassDef):
        methods = [statement for statement in node.body if isinstance(statement, _FUNCTIONS)]
        if methods:
            return all(is_stub(method) for method in methods)
        return all(_does_nothing(statement) for statement in node.body)
    return False


def definitions(statements: Sequence[Statement]) -> tuple[Definition, ...]:
    """Return the definitions at top level, also those in `if`, `try` and `with`, in their order.

    A method added to a class belongs to the last definition of that class before it.
    """
    bindings = [
        binding
        for index, statement in enumerate(statements)
        for node in innermost(statement.node)
        for binding in _bindings(node, index)
    ]
    added: dict[int, list[_Binding]] = {}
    classes: dict[str, int] = {}
    for position, binding in enumerate(bindings):
        if isinstance(binding.node, ast.ClassDef) and binding.owner is None:
            classes[binding.name] = position
        elif isinstance(binding.owner, ast.Name) and binding.owner.id in classes:
            added.setdefault(classes[binding.owner.id], []).append(binding)
    return tuple(
        Definition(
            binding.name,
            binding.owner,
            binding.statement,
            statements[binding.statement].cell,
            all(is_stub(node) for node in (binding.node, *(more.node for more in added.get(position, [])))),
            tuple(more.statement for more in added.get(position, []) if more.statement != binding.statement),
        )
        for position, binding in enumerate(bindings)
    )


def added_to(function: ast.stmt) -> ast.expr | None:
    """Return the class to which a decorator such as `@d2l.add_to_class(Class)` adds a function, or None."""
    for decorator in getattr(function, "decorator_list", []):
        if isinstance(decorator, ast.Call) and last_name(decorator.func) == "add_to_class" and decorator.args:
            owner: ast.expr = decorator.args[0]
            return owner
    return None


def registration(node: ast.stmt) -> tuple[ast.expr, str, ast.expr] | None:
    """Return class, name and function of the statement `Class.name = f` or `setattr(Class, "name", f)`."""
    match node:
        case ast.Assign(targets=[ast.Attribute(value=owner, attr=str(name))], value=value):
            pass
        case ast.Expr(
            value=ast.Call(func=ast.Name(id="setattr"), args=[owner, ast.Constant(value=str(name)), value])
        ):
            pass
        case _:
            return None
    is_function = isinstance(value, ast.Lambda | ast.Name | ast.Attribute)
    return (owner, name, value) if is_function and last_name(owner) else None


def last_name(node: ast.expr) -> str:
    """Return `c` of the expression `a.b.c`; "" for other expressions."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return str(name)
        case _:
            return ""


def _bindings(node: ast.stmt, statement: int) -> Iterator[_Binding]:
    if isinstance(node, _FUNCTIONS):
        owner = added_to(node)
        name = node.name if owner is None else f"{last_name(owner)}.{node.name}"
        yield _Binding(name, owner, node, statement)
    elif isinstance(node, ast.ClassDef):
        yield _Binding(node.name, None, node, statement)
        for method in node.body:
            if isinstance(method, _FUNCTIONS):
                owner = ast.copy_location(ast.Name(node.name, ast.Load()), node)
                yield _Binding(f"{node.name}.{method.name}", owner, method, statement)
    elif (registered := registration(node)) is not None:
        owner, name, function = registered
        yield _Binding(f"{last_name(owner)}.{name}", owner, function, statement)
    elif isinstance(node, ast.Assign) and isinstance(
        node.value, ast.Lambda | ast.Name | ast.Attribute | ast.Call
    ):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield _Binding(target.id, None, node.value, statement)


def innermost(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements within `if`, `try`, `with` and loops, or the statement itself."""
    if isinstance(node, ast.If | ast.Try | ast.TryStar | ast.With | ast.For | ast.While | ast.ExceptHandler):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.ExceptHandler):
                yield from innermost(child)
    elif isinstance(node, ast.stmt):
        yield node


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id=word) | ast.Call(func=ast.Name(id=word))):
            return word in _STUB_WORDS
        case ast.Return(value=ast.Name(id="NotImplemented")):
            return True
        case _:
            return False
