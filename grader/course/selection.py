"""What a run of pytest is asked to check: checks files, the exercises they declare, and `--only`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.declarations import ASSIGNMENTS, CHECKS, SYLLABUS, checks_in, declarations, module_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path


class UnknownExercise(ValueError):
    """`--only` names an exercise that there isn't. The message names those that there are."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of pytest: a path, and behind `::` what is chosen in it."""

    path: Path
    inside: str = ""

    @classmethod
    def parse(cls, text: str, folder: Path) -> Argument:
        """Read an argument, given in a folder."""
        path, separator, inside = text.partition("::")
        return cls(folder / path, separator + inside)


def is_checks(path: Path) -> bool:
    """Return whether a file is `assignments/<chapter>/test_<section>.py`, and declares exercises."""
    return (
        path.name.startswith(CHECKS) and path.parent.parent.name == ASSIGNMENTS and bool(declarations(path))
    )


def checks_of(argument: str, folder: Path) -> str:
    """Return an argument for the checks of a stub, where the argument names a stub; else the same."""
    asked = Argument.parse(argument, folder)
    checks = asked.path.with_name(f"test_{asked.path.name}")
    return f"{checks}{asked.inside}" if asked.path.suffix == ".py" and is_checks(checks) else argument


def refuse_unknown(names: Collection[str], arguments: Sequence[str], folder: Path) -> None:
    """Raise `UnknownExercise` where none of the checks files that are asked for declares a name."""
    from grader.course.course_toml import declared

    files = [
        path for text in arguments for path in _checks_below(Argument.parse(text, folder).path.resolve())
    ]
    known = list(dict.fromkeys(name for path in files for name in declared(path)))
    unknown = sorted(set(names).difference(known))
    if files and unknown:
        raise UnknownExercise(
            f"--only: there is no exercise {', '.join(unknown)} in what is to be checked. "
            f"There are: {', '.join(known)}."
        )


def demand_courses(arguments: Sequence[str], folder: Path) -> None:
    """Raise `CourseError` if a course that was asked for contradicts its `course.toml`."""
    asked = [Argument.parse(text, folder).path.resolve() for text in arguments]
    roots = {root for path in asked for root in _roots(path) if (root / SYLLABUS).is_file()}
    if not any(is_checks(path) for root in roots for path in checks_in(root)):
        return
    from grader.course.course_toml import CourseError, declared, demand_known

    for root in roots:
        demand_known(root)
    for path in asked:
        if path.is_file() and is_checks(path) and not declared(path):
            raise CourseError(f"{SYLLABUS} doesn't name {module_of(path)}, so it is no part of this course.")


def _roots(path: Path) -> Iterator[Path]:
    """Yield the folder of the course that a path belongs to, or is."""
    for folder in (path, *path.parents):
        if (folder / ASSIGNMENTS).is_dir():
            yield folder
            return


def _checks_below(path: Path) -> Iterator[Path]:
    """Yield the checks files that pytest finds at or below a path."""
    if path.is_file():
        found = [path]
    elif path.name == ASSIGNMENTS:
        found = sorted(path.glob("*/test_*.py"))
    elif path.parent.name == ASSIGNMENTS:
        found = sorted(path.glob("test_*.py"))
    else:
        found = sorted(path.glob(f"{ASSIGNMENTS}/*/test_*.py"))
    yield from filter(is_checks, found)
