"""What course files written for earlier versions say, and what to write instead."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LAWS: Final = "grader.laws"
DRIVE: Final = "grader.drive"
MOVED: Final = {
    "grader.assets": (LAWS, DRIVE),
    "grader.closeness": (LAWS,),
    "grader.data": (LAWS, DRIVE),
    "grader.devices": (DRIVE,),
    "grader.exercise": (LAWS,),
    "grader.idx": (DRIVE,),
    "grader.pictures": (LAWS,),
    "grader.sameness": (LAWS,),
    "grader.specs": (LAWS,),
    "grader.strategies": (LAWS,),
    "grader.tables": (LAWS,),
    "grader.values": (LAWS,),
    "grader.verdict": (LAWS,),
    "grader.vision": (DRIVE,),
}
"""The modules, and the public places of their names: the first is for checks, the last for drive files."""
IMPORT: Final = re.compile(
    rf"^[^\S\n]*(?:from|import)\s+(?:{'|'.join(map(re.escape, MOVED))})\b", re.MULTILINE
)
REMOVED_IMPORTS: Final = {
    (DRIVE, "validation_images"): "return the trained model's weights, and have the checks file compute with "
    "them on `grader.laws.validation_images`",
}
"""Names that are gone, by the module that had them, each with what to do instead."""
REMOVED_ARGUMENTS: Final = {
    ("exercise", "uses"): "leave it out: which other answers an answer calls is seen when it is asked",
}
"""Arguments that are gone, by the function that took them, each with what to do instead."""


def upgrade_advice(path: Path) -> str:
    """Return a sentence that says what to change in a file made for an earlier version; "" if nothing."""
    return moved_imports(path) or next(_removed(path), "")


def _removed(path: Path) -> Iterator[str]:
    """Yield a sentence for each use of something that is gone."""
    signs = [
        *(name for _module, name in REMOVED_IMPORTS),
        *(f"{name}=" for _function, name in REMOVED_ARGUMENTS),
    ]
    for node in ast.walk(_parsed(path, lambda text: any(sign in text for sign in signs))):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if advice := REMOVED_IMPORTS.get((str(node.module), alias.name)):
                    yield f"{path} imports {alias.name} from {node.module}, which is gone: {advice}."
        elif isinstance(node, ast.Call):
            function = ast.unparse(node.func).rpartition(".")[2]
            for given in node.keywords:
                if advice := REMOVED_ARGUMENTS.get((function, str(given.arg))):
                    place = f"{path}, line {given.lineno}"
                    yield f"{place}: {function} no longer takes {given.arg}; {advice}."


def moved_imports(path: Path) -> str:
    """Return a sentence that says what to write instead of moved imports; "" if there are none."""
    tree = _parsed(path, lambda text: IMPORT.search(text) is not None)
    place = -1 if path.name.startswith("drive_") else 0
    names: dict[str, list[str]] = {}
    modules: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MOVED:
            modules.append(node.module)
            names.setdefault(MOVED[node.module][place], []).extend(ast.unparse(one) for one in node.names)
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names if alias.name in MOVED]
            modules += found
            for module in found:
                names.setdefault(MOVED[module][place], [])
    if not modules:
        return ""
    lines = [f"`from {where} import {', '.join(sorted(what)) or '...'}`" for where, what in names.items()]
    return (
        f"{path} imports {' and '.join(dict.fromkeys(modules))}, which moved in Gradbook 0.2: "
        f"write {' and '.join(lines)} instead."
    )


def _parsed(path: Path, may_matter: Callable[[str], bool]) -> ast.Module:
    """Return a file's syntax tree; an empty one if it can't be read or parsed, or its text doesn't matter."""
    try:
        text = path.read_text(encoding="utf-8")
        return ast.parse(text if may_matter(text) else "")
    except (OSError, ValueError, SyntaxError):
        return ast.Module([], [])
