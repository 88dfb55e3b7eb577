"""Which expressions a notebook's constants may be made of: those that neither train, plot, fetch nor ask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_BUILTINS = frozenset([
    "abs", "all", "any", "bool", "bytes", "complex", "dict", "divmod", "enumerate", "filter", "float",
    "frozenset", "getattr", "hasattr", "int", "isinstance", "len", "list", "map", "max", "min", "object",
    "pow", "range", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
])  # fmt: skip
_PACKAGES = (
    "cmath", "collections", "copy", "dataclasses", "decimal", "enum", "fractions", "functools", "itertools",
    "math", "numpy", "operator", "os.environ", "os.getenv", "os.path", "pathlib", "random", "re", "string",
    "time", "torch", "torchvision.transforms", "types", "typing",
    "d2l.torch.cpu", "d2l.torch.gpu", "d2l.torch.num_gpus", "d2l.torch.try_gpu", "d2l.torch.try_all_gpus",
)  # fmt: skip
_NOT_THESE = ("torch.distributed", "torch.hub", "torch.multiprocessing", "time.sleep")
_CALLERS = (
    "filter", "map", "max", "min", "sorted", "functools.reduce", "itertools", "numpy.apply_along_axis",
    "numpy.fromfunction",
)  # fmt: skip
"""Of all these, what calls the functions that it is given."""


def imported_names(statements: Iterable[ast.AST]) -> dict[str, str]:
    """What each imported name stands for: `{"np": "numpy", "F": "torch.nn.functional"}`."""
    names: dict[str, str] = {}
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    names[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def is_harmless(node: ast.AST, imported: Mapping[str, str], defined: Collection[str] = ()) -> bool:
    """Whether evaluating the expression is cheap and without effect, as far as its text tells.

    Calls of harmless builtins, of numerical packages, and of methods of what they return pass; calls of what
    the notebook itself defines (the names in `defined`) do not, since these may be training runs.
    """
    match node:
        case ast.Lambda():
            return True
        case ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr():
            return False
        case ast.Call(func=function):
            path = _path(function, imported)
            if not _may_be_called(function, path, imported):
                return False
            if _is_within(path, _CALLERS):
                handed = [*node.args, *(keyword.value for keyword in node.keywords)]
                if not all(_may_be_handed(one, imported, defined) for one in handed):
                    return False
    return all(is_harmless(child, imported, defined) for child in ast.iter_child_nodes(node))


def _may_be_called(function: ast.expr, path: str, imported: Mapping[str, str]) -> bool:
    root = _root(function)
    if not isinstance(root, ast.Name):
        return root is not function  # a method of a harmless expression: torch.arange(4).reshape(2, 2)
    if root.id in imported:
        return _is_within(path, _PACKAGES) and not _is_within(path, _NOT_THESE)
    if root is function:
        return root.id in _BUILTINS
    return True  # a method of a constant, or of a name that is bound to nothing and so fails at once


def _may_be_handed(argument: ast.expr, imported: Mapping[str, str], defined: Collection[str]) -> bool:
    """Whether an argument may be given to what calls it: `map` would run a training run, too."""
    for node in ast.walk(argument):
        match node:
            case ast.Lambda(body=body) if not is_harmless(body, imported, defined):
                return False
            case ast.Name(id=name) if name in defined:
                return False
    root = _root(argument)
    is_imported = isinstance(root, ast.Name) and root.id in imported
    return not is_imported or _may_be_called(argument, _path(argument, imported), imported)


def _root(expression: ast.expr) -> ast.expr:
    """`a` of the expression `a.b.c`."""
    while isinstance(expression, ast.Attribute):
        expression = expression.value
    return expression


def _path(expression: ast.expr, imported: Mapping[str, str]) -> str:
    """Where a name comes from: "torch.nn.functional.relu" for `F.relu`, "map" for `map`."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    root = imported.get(expression.id, expression.id) if isinstance(expression, ast.Name) else ""
    return ".".join([root, *reversed(parts)])


def _is_within(path: str, packages: Iterable[str]) -> bool:
    return any(path == package or path.startswith(f"{package}.") for package in packages)
