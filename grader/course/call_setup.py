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


def setup_of(section: Section, call: str, folder: str) -> str:
    """Return the lines that import what a call needs of the section's drive file; "" if it needs nothing.

    Args:
        section: the section whose check shows the call.
        call: the lines to paste.
        folder: the path of the drive file's folder, from where the lines are pasted.

    """
    if section.drive is None:
        return ""
    helpers = sorted(_defined_names(section.drive).intersection(WORD.findall(call)))
    if not helpers:
        return ""
    return f"import sys; sys.path.append({folder!r})\nfrom {section.drive.stem} import {', '.join(helpers)}\n"


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
