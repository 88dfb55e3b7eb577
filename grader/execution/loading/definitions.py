"""Find definitions: which statements of a program define which names, and which of them are stubs."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from types import EllipsisType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_STUB_WORDS = frozenset(["NotImplementedError", "NotImplemented"])
_SET_UP_CALLS = frozenset(["__init__", "save_hyperparameters"])
ADD_TO_CLASS = "add_to_class"
"""The book's decorator that adds a method to a class."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
"""The statements that define a function."""
DEFINING = (*FUNCTIONS, ast.ClassDef)
"""The statements that define a function or a class."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement.

    Args:
        node: its syntax tree.
        cell: its cell, if it is a notebook's.
        is_of_main: whether only a main program runs it: it is in a block below `if __name__ == "__main__":`.
        is_deferred: whether it runs after all others, because of what it may do (`deferring`).
        star_names: the names that it binds by `import *` of other files of the submission.
    """

    node: ast.stmt
    cell: int | None = None
    is_of_main: bool = False
    is_deferred: bool = False
    star_names: frozenset[str] = frozenset()


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
class Binding:
    """What is bound to a name: `softmax`, or `Class.method` with the expression that names the class."""

    name: str
    owner: ast.expr | None
    node: ast.AST


def is_stub(node: ast.AST, added: Sequence[ast.AST] = ()) -> bool:
    """Return whether a function or class is still to be written.

    A function is a stub if its body, docstring aside, only raises an exception, passes, is `...`, or returns
    None. A class is one if it is empty, or if all its methods are stubs, apart from an `__init__` that merely
    stores its arguments.

    Args:
        node: the definition.
        added: functions that are added to the class as methods.

    """
    if isinstance(node, FUNCTIONS):
        return all(map(_does_nothing, node.body))
    if not isinstance(node, ast.ClassDef):
        return False
    methods = [*(one for one in node.body if isinstance(one, FUNCTIONS)), *added]
    others = [one for one in node.body if not isinstance(one, FUNCTIONS)]
    if not methods:
        return all(map(_does_nothing, others))
    return are_stubs(methods) and all(_does_nothing(one) or _is_constant(one) for one in others)


def are_stubs(methods: Sequence[ast.AST]) -> bool:
    """Return whether all methods of a class are still to be written; mere set-up is no method."""
    bodies = [_beyond_set_up(one) for one in methods if isinstance(one, FUNCTIONS)]
    return len(bodies) == len(methods) and any(bodies) and all(all(map(_does_nothing, one)) for one in bodies)


def may_define(source: str, name: str) -> bool:
    """Return whether a text, which need not be Python, seems to define a name; of a method, its last part."""
    word = re.escape(name.rpartition(".")[2])
    return re.search(rf"\b(?:def|class)\s+{word}\b|\b{word}\s*=(?!=)", source) is not None


def definitions(statements: Sequence[Statement]) -> tuple[Definition, ...]:
    """Return the definitions at top level, also those in `if`, `try` and `with`, in their order.

    A method added to a class belongs to the last definition of that class before it.
    """
    own = class_names(statements)
    found = [
        (index, binding)
        for index, statement in enumerate(statements)
        for node in innermost(statement.node)
        for binding in bindings(node, own)
    ]
    added: dict[int, list[tuple[int, Binding]]] = {}
    classes: dict[str, int] = {}
    for position, (index, binding) in enumerate(found):
        if isinstance(binding.node, ast.ClassDef) and binding.owner is None:
            classes[binding.name] = position
        elif isinstance(binding.owner, ast.Name) and binding.owner.id in classes:
            added.setdefault(classes[binding.owner.id], []).append((index, binding))
    return tuple(
        Definition(
            binding.name,
            binding.owner,
            index,
            statements[index].cell,
            is_stub(binding.node, [more.node for _index, more in added.get(position, [])])
            and not (isinstance(binding.node, ast.ClassDef) and _is_added_to(binding.name, statements)),
            tuple(other for other, _more in added.get(position, []) if other != index),
        )
        for position, (index, binding) in enumerate(found)
    )


def class_names(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names of the classes that statements define."""
    nodes = (node for statement in statements for node in innermost(statement.node))
    return frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef))


def added_to(function: ast.stmt) -> ast.expr | None:
    """Return the class to which a decorator such as `@d2l.add_to_class(Class)` adds a function, or None."""
    for decorator in getattr(function, "decorator_list", []):
        if isinstance(decorator, ast.Call) and last_name(decorator.func) == ADD_TO_CLASS and decorator.args:
            owner: ast.expr = decorator.args[0]
            return owner
    return None


def registration(node: ast.stmt, classes: Collection[str]) -> tuple[ast.expr, str, ast.expr] | None:
    """Return class, name and function of a statement that adds a function to a class.

    It is `Class.name = f`, `setattr(Class, "name", f)` or `add_to_class(Class)(name)`. What a call returns
    may be added to one of the program's own `classes`: `Class.name = made(True)`. Elsewhere it may be a
    training run whose result is kept: `model.losses = train(model)`.
    """
    match node:
        case ast.Assign(targets=[ast.Attribute(value=owner, attr=str(name))], value=value):
            pass
        case ast.Expr(
            value=ast.Call(func=ast.Name(id="setattr"), args=[owner, ast.Constant(value=str(name)), value])
        ):
            pass
        case ast.Expr(
            value=ast.Call(func=ast.Call(func=adding, args=[owner]), args=[ast.Name(id=name) as value])
        ) if last_name(adding) == ADD_TO_CLASS:
            pass
        case _:
            return None
    return (owner, name, value) if _is_function(owner, value, classes) and last_name(owner) else None


def _is_function(owner: ast.expr, value: ast.expr, classes: Collection[str]) -> bool:
    """Return whether what is added to `owner` can be a method; what a call returns, in own `classes` only."""
    is_of_own_class = isinstance(owner, ast.Name) and owner.id in classes
    return isinstance(value, ast.Lambda | ast.Name | ast.Attribute) or (
        is_of_own_class and isinstance(value, ast.Call)
    )


def adds_each(node: ast.stmt, classes: Collection[str]) -> bool:
    """Return whether a statement is a loop that adds functions to classes, and does nothing else.

    It goes through what is written there: `for f in (fit, step): setattr(SGD, f.__name__, f)`. The functions
    may be defined in the loop; what a call returns is added to the program's own `classes` only.
    """
    if not isinstance(node, ast.For) or node.orelse or not _is_listed(node.iter):
        return False
    added = [one for one in node.body if not isinstance(one, FUNCTIONS)]
    return bool(added) and all(_owner(one, classes) is not None for one in added)


def _is_listed(node: ast.AST) -> bool:
    """Return whether an expression only lists what is there: `(fit, step)`, `zip(names, made)`."""
    if isinstance(node, ast.Lambda):
        return True
    if isinstance(node, ast.Call) and last_name(node.func) not in _LISTING:
        return False
    return isinstance(node, _LISTED) and all(map(_is_listed, ast.iter_child_nodes(node)))


def renames(node: ast.stmt) -> bool:
    """Return whether a statement gives functions other names: `f.__name__ = "fit"`, before they are added."""
    if not isinstance(node, ast.Assign):
        return False
    targets = [part for target in node.targets for part in getattr(target, "elts", [target])]
    return all(isinstance(target, ast.Attribute) and target.attr == "__name__" for target in targets) and all(
        isinstance(part, ast.Tuple | ast.Constant | ast.Load) for part in ast.walk(node.value)
    )


_LISTED = (
    ast.Call, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Name, ast.Attribute, ast.Constant, ast.Load
)  # fmt: skip
_LISTING = frozenset(
    {"zip", "enumerate", "reversed", "range", "list", "tuple", "dict", "items", "keys", "values"}
)


def _owner(node: ast.AST, classes: Collection[str]) -> ast.expr | None:
    """Return the class to which a statement adds a function, under whatever name; None if it doesn't."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="setattr"), args=[owner, _, value])):
            return owner if _is_function(owner, value, classes) else None
        case ast.Expr(value=ast.Call(func=ast.Call(func=adding, args=[owner]), args=[ast.Name()])) if (
            last_name(adding) == ADD_TO_CLASS
        ):
            return owner
        case _:
            return None


def _is_added_to(name: str, statements: Sequence[Statement]) -> bool:
    """Return whether a loop, a function or a decorator of the program adds methods to this class."""
    nodes = [inner for statement in statements for inner in ast.walk(statement.node)]
    owners = [owner for node in nodes for owner in (_owner(node, {name}), *_given_to_decorators(node))]
    return any(isinstance(owner, ast.Name) and owner.id == name for owner in owners)


def _given_to_decorators(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what the decorators of a function are given, unless it is still to be written."""
    if isinstance(node, FUNCTIONS) and not is_stub(node):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                yield from (*decorator.args, *(keyword.value for keyword in decorator.keywords))


def last_name(node: ast.expr) -> str:
    """Return `c` of the expression `a.b.c`; "" for other expressions."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return str(name)
        case _:
            return ""


def bindings(node: ast.stmt, classes: Collection[str]) -> Iterator[Binding]:
    """Yield the functions and classes that a statement binds, a class before its methods.

    Args:
        node: the statement.
        classes: the names of the program's own classes.

    """
    if isinstance(node, FUNCTIONS):
        owner = added_to(node)
        name = node.name if owner is None else f"{last_name(owner)}.{node.name}"
        yield Binding(name, owner, node)
    elif isinstance(node, ast.ClassDef):
        yield Binding(node.name, None, node)
        for method in node.body:
            if isinstance(method, FUNCTIONS):
                owner = ast.copy_location(ast.Name(node.name, ast.Load()), node)
                yield Binding(f"{node.name}.{method.name}", owner, method)
    elif (registered := registration(node, classes)) is not None:
        owner, name, function = registered
        yield Binding(f"{last_name(owner)}.{name}", owner, function)
    elif isinstance(node, ast.Assign) and isinstance(
        node.value, ast.Lambda | ast.Name | ast.Attribute | ast.Call
    ):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield Binding(target.id, None, node.value)


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
        case ast.Pass() | ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None | EllipsisType())):
            return True
        case ast.Return(value=ast.Name(id=word)):
            return word in _STUB_WORDS
        case _:
            return False


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign | ast.AnnAssign) and isinstance(
        statement.value, ast.Constant | None
    )


def _beyond_set_up(method: ast.FunctionDef | ast.AsyncFunctionDef) -> Sequence[ast.stmt]:
    """Return the statements of a method, without those by which `__init__` merely stores its arguments."""
    if method.name != "__init__":
        return method.body
    names = {argument.arg for argument in ast.walk(method.args) if isinstance(argument, ast.arg)}
    beyond = [one for one in method.body if not (_calls_set_up(one) or _stores(one, names))]
    if len(beyond) == len(method.body):
        return method.body
    return [one for one in beyond if isinstance(one, ast.Raise | ast.Return) or not _does_nothing(one)]


def _calls_set_up(statement: ast.stmt) -> bool:
    """Return whether a statement is `super().__init__(...)` or `self.save_hyperparameters(...)`."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name in _SET_UP_CALLS
        case _:
            return False


def _stores(statement: ast.stmt, arguments: Collection[str]) -> bool:
    """Return whether a statement is `self.x = x`, or the same for several arguments."""
    match statement:
        case ast.Assign(targets=[target], value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            pass
        case _:
            return False
    return all(isinstance(one, ast.Attribute) for one in _elements(target)) and all(
        isinstance(one, ast.Name) and one.id in arguments for one in _elements(value)
    )


def _elements(node: ast.expr) -> Sequence[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
