"""Which expressions a notebook's constants may be made of: those that neither train, plot, fetch nor ask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def is_harmless(node: ast.AST, imported: Mapping[str, str]) -> bool:
    """Whether evaluating the expression is cheap and without effect, as far as its text tells.

    Calls of harmless builtins, of numerical packages, and of methods of what they return pass; calls of what
    the notebook itself defines do not, since these may be training runs.
    """
    match node:
        case ast.Lambda():
            return True
        case ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr():
            return False
        case ast.Call(func=function) if not _may_be_called(function, imported):
            return False
    return all(is_harmless(child, imported) for child in ast.iter_child_nodes(node))


def _may_be_called(function: ast.expr, imported: Mapping[str, str]) -> bool:
    parts: list[str] = []
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    if not isinstance(function, ast.Name):
        return bool(parts)  # a method of a harmless expression: torch.arange(4).reshape(2, 2)
    if function.id in imported:
        path = ".".join([imported[function.id], *reversed(parts)])
        return _is_within(path, _PACKAGES) and not _is_within(path, _NOT_THESE)
    if not parts:
        return function.id in _BUILTINS
    return True  # a method of a constant, or of a name that is bound to nothing and so fails at once


def _is_within(path: str, packages: Iterable[str]) -> bool:
    return any(path == package or path.startswith(f"{package}.") for package in packages)
