"""Stubs: what students fill in, made from the reference; signatures and docstrings stay, bodies go."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Course

    Definition = ast.FunctionDef | ast.ClassDef

TO_DO: Final = "raise NotImplementedError"


class StubError(ValueError):
    """A reference can't be made into a stub; the message says what it lacks."""


def stub_of(source: str, exercises: frozenset[str]) -> str:
    """Return the stub of a reference module.

    Kept are the module's docstring, its imports, and of each exercise the signature and docstring, and
    those of a class's methods. Whatever else the module defines helps the solution, and goes.
    Raises `StubError` where an exercise is missing or has no docstring.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    parts: list[str] = []
    head = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text(node)]
    parts.append("".join(_text(lines, node) + _blank_after(lines, node) for node in head))
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in exercises:
            found.add(node.name)
            parts.append(_emptied(lines, node))
    missing = sorted(exercises - found)
    if missing:
        message = f"the reference doesn't define {', '.join(missing)}"
        raise StubError(message)
    return "\n\n".join(part.strip("\n") + "\n" for part in parts)


def stubs(course: Course) -> Iterator[tuple[Path, str]]:
    """Yield the path and the right content of every stub of a course. Raises `StubError`."""
    for section in course.sections:
        solution = course.solution(section)
        try:
            source = solution.read_text(encoding="utf-8")
            text = stub_of(source, frozenset(exercise.name for exercise in section.exercises))
        except (OSError, SyntaxError, StubError) as error:
            message = f"{solution}: {error}"
            raise StubError(message) from error
        yield section.stub, text


def stale(course: Course) -> list[Path]:
    """Return the stubs that are not what the reference makes them."""
    return [
        path for path, text in stubs(course) if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def write(course: Course) -> list[Path]:
    """Write the stubs that are stale; return their paths."""
    written = []
    for path, text in stubs(course):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _emptied(lines: list[str], node: Definition) -> str:
    """Return a definition without bodies."""
    docstring = node.body[0]
    if not _is_text(docstring):
        message = f"{node.name} has no docstring: a stub is all that a student gets to read"
        raise StubError(message)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    kept = "".join(lines[first - 1 : docstring.end_lineno])
    if isinstance(node, ast.FunctionDef):
        return kept + f"{' ' * docstring.col_offset}{TO_DO}\n"
    methods = [_method(lines, one) for one in node.body if isinstance(one, ast.FunctionDef) and _public(one)]
    return kept + "".join(f"\n{method}" for method in methods)


def _method(lines: list[str], node: ast.FunctionDef) -> str:
    if _is_text(node.body[0]):
        return _emptied(lines, node)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    signature = "".join(lines[first - 1 : node.body[0].lineno - 1])
    return signature + f"{' ' * node.body[0].col_offset}{TO_DO}\n"


def _public(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") or (node.name.startswith("__") and node.name.endswith("__"))


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _blank_after(lines: list[str], node: ast.stmt) -> str:
    """Return the blank line that follows a docstring, or the last import of a group; else nothing."""
    end = node.end_lineno or len(lines)
    return "\n" if _is_text(node) or (end < len(lines) and not lines[end].strip()) else ""


def _text(lines: list[str], node: ast.stmt) -> str:
    return "".join(lines[node.lineno - 1 : node.end_lineno])
