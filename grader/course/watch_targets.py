"""What `grader watch` checks: the exercises for a name, those that a saved file affects, the next one.

Files are only parsed, never run, and nothing slow is imported.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.course_toml import declared
from grader.course.declarations import ASSIGNMENTS, book_order, checks_in
from grader.course.selection import is_checks, require_known_exercises
from grader.execution.loading.definitions import is_stub

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class WatchTargets:
    """The course in `folder`, the exercises to watch (none means all), and whether to show all hints."""

    folder: Path
    names: tuple[str, ...] = ()
    hints: bool = False

    @classmethod
    def parse(cls, folder: Path, words: Iterable[str], *, hints: bool = False) -> WatchTargets:
        """Parse names of exercises, sections and files, commas allowed. Raises `UnknownExercise`."""
        names: list[str] = []
        for word in (part for text in words for part in text.split(",") if part):
            checks = next((path for path in checks_files(folder) if _means(word, path, folder)), None)
            names += declared(checks) if checks else [word]
        if names:
            require_known_exercises(names, [ASSIGNMENTS], folder)
        return cls(folder, tuple(dict.fromkeys(names)), hints)

    def affected_by(self, saved: Iterable[Path]) -> tuple[str, ...]:
        """Return the watched exercises that must be checked again after files were saved.

        A file of no section may be imported by any of them: then all are returned.
        """
        found: list[str] = []
        for path in saved:
            stem = path.stem.removeprefix("test_").removeprefix("drive_")
            checks = path.with_name(f"test_{stem}.py")
            mine = declared(checks) if is_checks(checks) else self.all()
            found += [name for name in mine if not self.names or name in self.names]
        return tuple(dict.fromkeys(found))

    def all(self) -> tuple[str, ...]:
        """Return all watched exercises."""
        return self.names or tuple(name for path in checks_files(self.folder) for name in declared(path))


def checks_files(folder: Path) -> Sequence[Path]:
    """Return the checks files of a course, in the order of the book. Raises `CourseError`."""
    files = [path for path in checks_in(folder) if declared(path)]
    return sorted(files, key=book_order)


def next_stub(folder: Path, done: Collection[str]) -> tuple[str, Path] | None:
    """Return the next stub after the exercises that are done, else the first stub, with its file."""
    order = [(name, path) for path in checks_files(folder) for name in declared(path)]
    last = max((place for place, (name, _path) in enumerate(order) if name in done), default=-1)
    for name, checks in order[last + 1 :] + order[: last + 1]:
        answers = checks.with_name(checks.name.removeprefix("test_"))
        if name not in done and name in _stubs(answers):
            return name, answers
    return None


def _means(word: str, checks: Path, folder: Path) -> bool:
    answers = checks.with_name(checks.name.removeprefix("test_"))
    return word in {answers.stem, answers.name} or (folder / word).resolve() in {
        answers.resolve(),
        checks.resolve(),
    }


def _stubs(answers: Path) -> set[str]:
    try:
        tree = ast.parse(answers.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return set()
    definitions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return {node.name for node in definitions if is_stub(node)}
