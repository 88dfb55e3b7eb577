"""The lines above the call that a failure shows: with them, Python needs only the answer and torch for it."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section

WORD: Final = re.compile(r"\b[^\W\d]\w*")
ALIASES: Final = {"np": "numpy", "pd": "pandas"}
"""Packages that inputs are written with, by the names that the book gives them."""


def setup_of(section: Section, call: str, folder: str) -> str:
    """Return the lines that import what a call needs and the section's file doesn't have; "" if nothing.

    Those are functions of the section's drive file, NumPy and pandas. A course may be graded without its
    stubs: then the call needs whatever it mentions.

    Args:
        section: the section whose check shows the call.
        call: the lines to paste; "" if there are none.
        folder: the path of the drive file's folder, from where the lines are pasted.
    """
    if not call:
        return ""
    words = frozenset(WORD.findall(call))
    file = section.stub.read_text(encoding="utf-8", errors="replace") if section.stub.exists() else ""
    lines = [
        f"import {package} as {alias}"
        for alias, package in ALIASES.items()
        if alias in words and f"import {package} as {alias}" not in file
    ]
    helpers = sorted(words & _defined_names(section.drive)) if section.drive else []
    if section.drive and helpers:
        lines.append(f"import sys; sys.path.append({folder!r})")
        lines.append(f"from {section.drive.stem} import {', '.join(helpers)}")
    return "".join(f"{line}\n" for line in lines)


@cache
def _defined_names(path: Path) -> frozenset[str]:
    """Return the names that a file defines at its top level, without running it."""
    found: set[str] = set()
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return frozenset(found)
