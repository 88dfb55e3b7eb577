"""Packages that differ from those where submissions are graded: imports that won't work, other versions."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Final

from grader.course.course_toml import CourseError, read, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ALWAYS_THERE: Final = frozenset({"d2l", "matplotlib", "numpy", "pandas", "torch", "torchvision"})


def hidden_imports(path: Path) -> list[str]:
    """Return the packages that a file imports, and that answers to its course may not import.

    A file that can't be read or parsed has none: that it is broken is told elsewhere.
    """
    try:
        tree = ast.parse(path.read_bytes())
        syllabus = read(root_of(path))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError, CourseError):
        return []
    names = imported(tree) - ALWAYS_THERE - sys.stdlib_module_names
    if not names:
        return []
    from grader.course.packages import packages

    return sorted(names & packages(syllabus.packages if syllabus else ()).hidden)


def imported(tree: ast.AST) -> set[str]:
    """Return the top-level names of the modules that a program imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def warning(files: Iterable[Path]) -> str:
    """Return the sentences that warn of such imports; empty without any."""
    return " ".join(
        f"{path.name} imports {' and '.join(names)}, which "
        f"{'is' if len(names) == 1 else 'are'} not installed where submissions are graded."
        for path in files
        if (names := hidden_imports(path))
    )


def other_versions(root: Path) -> str:
    """Return the sentences on packages that a course declares in another version than is installed here."""
    try:
        syllabus = read(root)
    except CourseError:
        return ""
    if syllabus is None or not syllabus.packages:
        return ""
    from grader.course.packages import unmet

    return " ".join(
        f"Submissions are graded with {one.requirement}, and {one.installed} is installed here."
        for one in unmet(syllabus.packages)
        if one.installed
    )
