"""Make stubs, which students fill in, from the reference: keep signatures and docstrings, remove bodies."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Course

    Definition = ast.FunctionDef | ast.ClassDef

STUB_BODY: Final = "raise NotImplementedError"


class StubError(ValueError):
    """No stub can be made from a reference; the message says what the reference lacks."""


def stub_of(source: str, exercises: frozenset[str]) -> str:
    """Return the stub of a reference module.

    It has the module's docstring and imports, and the signature and docstring of each exercise and of the
    methods of classes. Other definitions are part of the solution, and removed. Raises `StubError` if an
    exercise is missing or has no docstring.
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
    """Yield the path and the expected content of every stub of a course. Raises `StubError`."""
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
    """Return the paths of the stubs that are not up to date."""
    return [
        path for path, text in stubs(course) if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def write(course: Course) -> list[Path]:
    """Write the stubs that are not up to date; return their paths."""
    written = []
    for path, text in stubs(course):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _emptied(lines: list[str], node: Definition) -> str:
    """Return the source of a definition without bodies."""
    docstring = node.body[0]
    if not _is_text(docstring):
        message = f"{node.name} has no docstring, which students need"
        raise StubError(message)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    kept = "".join(lines[first - 1 : docstring.end_lineno])
    if isinstance(node, ast.FunctionDef):
        return kept + f"{' ' * docstring.col_offset}{STUB_BODY}\n"
    methods = [_method(lines, one) for one in node.body if isinstance(one, ast.FunctionDef) and _public(one)]
    return kept + "".join(f"\n{method}" for method in methods)


def _method(lines: list[str], node: ast.FunctionDef) -> str:
    if _is_text(node.body[0]):
        return _emptied(lines, node)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    signature = "".join(lines[first - 1 : node.body[0].lineno - 1])
    return signature + f"{' ' * node.body[0].col_offset}{STUB_BODY}\n"


def _public(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") or (node.name.startswith("__") and node.name.endswith("__"))


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _blank_after(lines: list[str], node: ast.stmt) -> str:
    """Return the blank line after a docstring or after the last import of a group; else ""."""
    end = node.end_lineno or len(lines)
    return "\n" if _is_text(node) or (end < len(lines) and not lines[end].strip()) else ""


def _text(lines: list[str], node: ast.stmt) -> str:
    return "".join(lines[node.lineno - 1 : node.end_lineno])
