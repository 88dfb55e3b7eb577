"""The selection of a pytest run: checks files, the exercises that they declare, and `--only`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.declarations import ASSIGNMENTS, CHECKS, COURSE_TOML, checks_in, declarations, module_of
from grader.datasets.registry import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from grader.datasets.registry import DataSet


class UnknownExercise(ValueError):
    """`--only` names an exercise that doesn't exist. The message lists those that do."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of pytest: a path, and a selection within it after `::`."""

    path: Path
    inside: str = ""

    @classmethod
    def parse(cls, text: str, folder: Path) -> Argument:
        """Parse an argument, relative to a folder."""
        path, separator, inside = text.partition("::")
        return cls(folder / path, separator + inside)


def is_checks(path: Path) -> bool:
    """Return whether a file is `assignments/<chapter>/test_<section>.py`, and declares exercises."""
    return (
        path.name.startswith(CHECKS) and path.parent.parent.name == ASSIGNMENTS and bool(declarations(path))
    )


def checks_of(argument: str, folder: Path) -> str:
    """Return the argument for a stub's checks if the argument names a stub; otherwise return it unchanged."""
    asked = Argument.parse(argument, folder)
    checks = asked.path.with_name(f"test_{asked.path.name}")
    return f"{checks}{asked.inside}" if asked.path.suffix == ".py" and is_checks(checks) else argument


def require_known_exercises(names: Collection[str], arguments: Sequence[str], folder: Path) -> None:
    """Raise `UnknownExercise` if a name is not declared in any of the selected checks files."""
    from grader.course.course_toml import declared
    from grader.course.declarations import book_order
    from grader.course.unknown_names import advice

    selected = [
        path for text in arguments for path in _checks_below(Argument.parse(text, folder).path.resolve())
    ]
    files = sorted(selected, key=book_order)
    known = list(dict.fromkeys(name for path in files for name in declared(path)))
    unknown = sorted(set(names).difference(known))
    if files and unknown:
        end = advice(unknown, known)
        raise UnknownExercise(f"--only: there is no exercise {', '.join(unknown)} in the selected files{end}")


def require_valid_courses(arguments: Sequence[str], folder: Path) -> None:
    """Raise `CourseError` if the `course.toml` of a selected course is wrong, or omits a selected file."""
    selected = [Argument.parse(text, folder).path.resolve() for text in arguments]
    roots = {root for path in selected for root in _roots(path) if (root / COURSE_TOML).is_file()}
    if not any(is_checks(path) for root in roots for path in checks_in(root)):
        return
    from grader.course.course_toml import CourseError, declared, require_known_names

    for root in roots:
        require_known_names(root)
    for path in selected:
        if path.is_file() and is_checks(path) and not declared(path):
            message = f"{COURSE_TOML} doesn't name {module_of(path)}, so it is no part of this course."
            raise CourseError(message)


def selected_data_sets(arguments: Sequence[str], folder: Path) -> list[DataSet]:
    """Return the data sets of the selected courses; the default one if no course is selected."""
    from grader.course.course_toml import data_set

    roots = {root for text in arguments for root in _roots(Argument.parse(text, folder).path.resolve())}
    return list({one.name: one for one in map(data_set, roots)}.values()) or [DEFAULT]


def _roots(path: Path) -> Iterator[Path]:
    """Yield the folder of the course that contains a path, if there is one."""
    for folder in (path, *path.parents):
        if (folder / ASSIGNMENTS).is_dir():
            yield folder
            return


def _checks_below(path: Path) -> Iterator[Path]:
    """Yield the checks files that pytest collects at or below a path."""
    if path.is_file():
        found = [path]
    elif path.name == ASSIGNMENTS:
        found = sorted(path.glob("*/test_*.py"))
    elif path.parent.name == ASSIGNMENTS:
        found = sorted(path.glob("test_*.py"))
    else:
        found = sorted(path.glob(f"{ASSIGNMENTS}/*/test_*.py"))
    yield from filter(is_checks, found)
