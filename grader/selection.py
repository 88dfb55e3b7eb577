"""What a run of pytest is asked to check: checks files, the exercises they declare, and `--only`.

Nothing is run for it: to read a checks file takes a millisecond, to run one takes seconds.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

ASSIGNMENTS: Final = "assignments"
TITLE: Final = re.compile(r"(?P<number>\d+(?:\.\d+)*) (?P<title>[^\n]+?)\.?(?:\n|$)")
"""How a checks file begins: with its section of the book."""


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
    return path.name.startswith("test_") and path.parent.parent.name == ASSIGNMENTS and bool(declared(path))


def checks_of(argument: str, folder: Path) -> str:
    """Return an argument for the checks of a stub, where the argument names a stub; else the same."""
    asked = Argument.parse(argument, folder)
    checks = asked.path.with_name(f"test_{asked.path.name}")
    return f"{checks}{asked.inside}" if asked.path.suffix == ".py" and is_checks(checks) else argument


def refuse_unknown(names: Collection[str], arguments: Sequence[str], folder: Path) -> None:
    """Raise `UnknownExercise` where none of the checks files that are asked for declares a name."""
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


def declared(path: Path) -> tuple[str, ...]:
    """Return the names of the exercises that a file declares; none, where it isn't a checks file."""
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
