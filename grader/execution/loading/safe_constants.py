"""Which expressions a notebook's constants may consist of: no training, plots, downloads or input."""

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
    "abc", "array", "bisect", "cmath", "collections", "contextlib", "copy", "dataclasses", "datetime",
    "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "inspect", "itertools", "json.dumps",
    "json.loads", "logging.getLogger", "math", "numbers", "numpy", "operator", "os.environ", "os.getcwd",
    "os.getenv", "os.path", "pandas.DataFrame", "pandas.Series", "pathlib", "random", "re", "statistics",
    "string", "struct", "tempfile.gettempdir", "textwrap", "time", "torch", "torchvision.transforms",
    "types", "typing", "uuid", "warnings", "weakref",
    "d2l.torch.cpu", "d2l.torch.gpu", "d2l.torch.num_gpus", "d2l.torch.try_gpu", "d2l.torch.try_all_gpus",
)  # fmt: skip
_FORBIDDEN = ("torch.distributed", "torch.hub", "torch.multiprocessing", "time.sleep")
_HIGHER_ORDER = (
    "filter", "map", "max", "min", "sorted", "functools.reduce", "itertools", "numpy.apply_along_axis",
    "numpy.fromfunction",
)  # fmt: skip
"""Those of the allowed functions that call their arguments."""


def imported_names(statements: Iterable[ast.AST]) -> dict[str, str]:
    """Return what each imported name refers to: `{"np": "numpy", "F": "torch.nn.functional"}`."""
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


def is_safe_constant(
    node: ast.AST, imported: Mapping[str, str], defined: Collection[str] = (), records: Collection[str] = ()
) -> bool:
    """Return whether evaluating the expression is cheap and without side effects, judging by its text.

    Calls of safe builtins, of numerical packages, and of methods of what they return are allowed; calls of
    what the notebook itself defines (the names in `defined`) are not, since these may be training runs. Of
    its classes, only those in `records` may be called, which merely store values.
    """
    match node:
        case ast.Lambda():
            return True
        case ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr():
            return False
        case ast.Call(func=function):
            path = _path(function, imported)
            if not (_may_be_called(function, path, imported) or _is_named(function, records)):
                return False
            if _is_within(path, _HIGHER_ORDER):
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                if not all(_may_be_passed(one, imported, defined) for one in arguments):
                    return False
    return all(is_safe_constant(child, imported, defined, records) for child in ast.iter_child_nodes(node))


def _is_named(expression: ast.expr, names: Collection[str]) -> bool:
    return isinstance(expression, ast.Name) and expression.id in names


def _may_be_called(function: ast.expr, path: str, imported: Mapping[str, str]) -> bool:
    root = _root(function)
    if not isinstance(root, ast.Name):
        return root is not function  # a method of a safe expression: torch.arange(4).reshape(2, 2)
    if root.id in imported:
        return _is_within(path, _PACKAGES) and not _is_within(path, _FORBIDDEN)
    if root is function:
        return root.id in _BUILTINS
    return True  # a method of a constant, or of an undefined name, which fails at once


def _may_be_passed(argument: ast.expr, imported: Mapping[str, str], defined: Collection[str]) -> bool:
    """Return whether an argument may be passed to a function that calls it, such as `map`."""
    for node in ast.walk(argument):
        match node:
            case ast.Lambda(body=body) if not is_safe_constant(body, imported, defined):
                return False
            case ast.Name(id=name) if name in defined:
                return False
    root = _root(argument)
    is_imported = isinstance(root, ast.Name) and root.id in imported
    return not is_imported or _may_be_called(argument, _path(argument, imported), imported)


def _root(expression: ast.expr) -> ast.expr:
    """Return `a` of the expression `a.b.c`."""
    while isinstance(expression, ast.Attribute):
        expression = expression.value
    return expression


def _path(expression: ast.expr, imported: Mapping[str, str]) -> str:
    """Return the full name of a function: "torch.nn.functional.relu" for `F.relu`, "map" for `map`."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    root = imported.get(expression.id, expression.id) if isinstance(expression, ast.Name) else ""
    return ".".join([root, *reversed(parts)])


def _is_within(path: str, packages: Iterable[str]) -> bool:
    return any(path == package or path.startswith(f"{package}.") for package in packages)
