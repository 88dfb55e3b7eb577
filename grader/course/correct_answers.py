"""Correct answers of a course, to take the place of a student's wrong one while another answer is asked."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from grader.course.course import load_module
from grader.execution.loading.definitions import DEFINING
from grader.execution.loading.names import names_loaded, names_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path


class CorrectAnswers:
    """The reference's answers to exercises.

    Args:
        solutions: by exercise, the module of the reference that answers it; it need not exist.

    """

    def __init__(self, solutions: Mapping[str, Path]) -> None:
        self.solutions = solutions
        self._needed: dict[str, frozenset[str]] = {}
        self._functions: dict[str, Callable[..., Any]] = {}

    def replaceable(self, name: str, exercise: str) -> bool:
        """Return whether there is a correct answer to `name`, with nothing in it that answers `exercise`."""
        if name not in self._needed:
            solution = self.solutions[name]
            self._needed[name] = needed(solution, name) if solution.is_file() else frozenset()
        return bool(self._needed[name]) and exercise not in self._needed[name]

    def source(self, name: str) -> str:
        """Return source that defines the correct answer to an exercise, with nothing that it doesn't need."""
        return definition(self.solutions[name], name)

    def function(self, name: str) -> Callable[..., Any]:
        """Return the correct answer to an exercise as a function."""
        if name not in self._functions:
            module = load_module(self.solutions[name])
            self._functions[name] = getattr(module, name)
        return self._functions[name]


def definition(solution: Path, name: str) -> str:
    """Return the source of one definition in a reference module, with its imports and what it needs there."""
    wanted = needed(solution, name)
    nodes = [
        node
        for node in _tree(solution).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) or not wanted.isdisjoint(_bound(node))
    ]
    return "\n".join(ast.unparse(node) for node in nodes)


def needed(solution: Path, name: str) -> frozenset[str]:
    """Return the names in a reference module that one of its definitions refers to, itself included."""
    bound = {one: node for node in _tree(solution).body for one in _bound(node)}
    found: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one in bound and one not in found:
            found.add(one)
            ahead += names_loaded([bound[one]])
    return frozenset(found)


def _tree(solution: Path) -> ast.Module:
    return ast.parse(solution.read_text(encoding="utf-8"))


def _bound(node: ast.stmt) -> Collection[str]:
    return {node.name} if isinstance(node, DEFINING) else names_stored(node)
