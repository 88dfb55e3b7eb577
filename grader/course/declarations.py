"""What a course's checks files declare, read without running them.

Reading a checks file takes a millisecond; running one takes seconds.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from grader import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED: Final = PACKAGE.resolve().parent
"""The course that ships with Gradbook."""
ASSIGNMENTS: Final = "assignments"
COURSE_TOML: Final = "course.toml"
CHECKS: Final = "test_"
"""The prefix of a checks file's name; the name of the section's module follows."""
TITLE: Final = re.compile(r"(?P<number>\d+(?:\.\d+)*) (?P<title>[^\n]+?)\.?(?:\n|$)")
"""The first line of a checks file's docstring: number and title of its section of the book."""


def checks_in(root: Path) -> dict[Path, str]:
    """Return the possible checks files of a course, each with the name of its section's module."""
    paths = sorted((root / ASSIGNMENTS).glob(f"*/{CHECKS}*.py"))
    return {path: module_of(path) for path in paths}


def module_of(checks: Path) -> str:
    """Return the name of the section's module that a checks file tests."""
    return checks.stem.removeprefix(CHECKS)


def book_order(checks: Path) -> tuple[list[int], Path]:
    """Return a key by which checks files are sorted: by the numbers of their sections, then by path."""
    try:
        match = TITLE.match(ast.get_docstring(ast.parse(checks.read_bytes())) or "")
    except (OSError, SyntaxError, ValueError):
        match = None
    return [int(part) for part in match["number"].split(".")] if match else [], checks


def declarations(path: Path) -> tuple[str, ...]:
    """Return the names of the exercises that a file declares; none if it isn't a checks file."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()
    calls = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    ]
    return tuple(
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "exercise"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    )
