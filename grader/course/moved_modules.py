"""Modules of Gradbook 0.1 that checks and drive files could import, and the public modules to use instead."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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


def moved_imports(path: Path) -> str:
    """Return a sentence that says what to write instead of moved imports; "" if there are none."""
    try:
        text = path.read_text(encoding="utf-8")
        if not IMPORT.search(text):
            return ""
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return ""
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
