"""Add names to an import in the source of a module, sorted and formatted as ruff does it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_LINE: Final = 110


def with_names(source: str, module: str, names: Iterable[str]) -> str:
    """Return a source that also imports these names from `module`, from which it already imports some.

    Raises `LookupError` if it imports none, or uses one of the names for something else.
    """
    imports = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and node.module == module and not node.level
    ]
    if not imports:
        raise LookupError(module)
    known = bound(source)
    wrong = [name for name in names if known.get(name, f"{module}.{name}") != f"{module}.{name}"]
    if wrong:
        raise LookupError(wrong[0])
    new = [name for name in names if name not in known]
    return _replaced(source, imports[0], new) if new else source


def bound(source: str) -> dict[str, str]:
    """Return the names bound at the top level of a source; for imported names what they refer to, else ""."""
    names: dict[str, str] = {}
    for node in ast.parse(source).body:
        match node:
            case ast.Import():
                for alias in node.names:
                    module = alias.name if alias.asname else alias.name.partition(".")[0]
                    names[alias.asname or module] = module
            case ast.ImportFrom():
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names[node.name] = ""
            case _:
                stored = (one for one in ast.walk(node) if isinstance(one, ast.Name))
                names |= {one.id: "" for one in stored if isinstance(one.ctx, ast.Store)}
    return names


def _replaced(source: str, node: ast.ImportFrom, new: list[str]) -> str:
    names = sorted([*(ast.unparse(alias) for alias in node.names), *new], key=_rank)
    text = f"from {node.module} import {', '.join(names)}\n"
    if len(text) > LONGEST_LINE + 1:
        text = f"from {node.module} import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"
    lines = source.splitlines(keepends=True)
    return "".join([*lines[: node.lineno - 1], text, *lines[node.end_lineno or node.lineno :]])


def _rank(name: str) -> tuple[int, str]:
    """Return the sort key of an imported name: constants first, then classes, then the rest."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name
