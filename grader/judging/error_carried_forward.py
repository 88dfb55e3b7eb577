"""Count a mistake once: an exercise that calls an incorrect sibling is rerun with the reference's sibling.

A sibling is another exercise of the section that this one may call (`Exercise.uses`).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.checks.exercise import Exercise


def wrong_siblings(exercise: Exercise, *, passed: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the siblings that an exercise may call and whose base checks did not all pass."""
    return tuple(name for name in exercise.uses if not passed(name))


def definition(solution: Path, name: str) -> str:
    """Return the source of one definition in a reference module, preceded by the module's imports."""
    source = solution.read_text(encoding="utf-8")
    nodes = [
        node
        for node in ast.parse(source).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) or getattr(node, "name", None) == name
    ]
    return "\n".join(ast.unparse(node) for node in nodes)
