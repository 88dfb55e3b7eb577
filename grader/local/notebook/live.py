"""Answers as the namespace of a running notebook has them, ready to be asked."""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from grader.execution.deadline import deadline
from grader.execution.loading.answers import answer
from grader.execution.loading.definitions import is_stub
from grader.execution.loading.running import override
from grader.execution.student_code import STILL_TO_DO, observed
from grader.records.protocol import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.course.course import Section
    from grader.execution.torch_state import Apart
    from grader.local.notebook.cells import Cells
    from grader.records.protocol import Ask, Observation

NOT_DEFINED: Final = "{} is not defined in this notebook."
SUPPLIED: Final = "{} is what is asked for here: write it yourself, without d2l's."


class LiveAnswers:
    """What a notebook defines of a section, with its own helpers and siblings.

    Args:
        section: the section.
        namespace: what the notebook defines.
        drive: what the section's drive file defines.
        cells: the notebook's cells.
        apart: the notebook's settings of torch.
        overrides: sources that replace what the notebook defines under these names while it is asked.

    """

    def __init__(
        self,
        section: Section,
        namespace: dict[str, Any],
        drive: Mapping[str, object],
        *,
        cells: Cells,
        apart: Apart,
        overrides: Mapping[str, str],
    ) -> None:
        self.spellings = {exercise.name: exercise.spellings for exercise in section.exercises}
        self.namespace = namespace
        self.drive = drive
        self.cells = cells
        self.apart = apart
        self.overrides = overrides

    def absent(self, exercise: str) -> Absent | None:
        """Return why there is no answer to an exercise; None if there is one."""
        found = self._found(exercise)
        if not callable(found):
            return Absent("failed", NOT_DEFINED.format(exercise))
        if _is_of_d2l(found, self.spellings[exercise]):
            return Absent("failed", SUPPLIED.format(exercise))
        if is_to_write(found):
            return Absent("failed", STILL_TO_DO.format(exercise))
        return None

    def defines(self, exercise: str) -> bool:
        """Return whether the notebook defines an exercise, be it as a stub."""
        return callable(self._found(exercise))

    def fault(self, exercise: str) -> None:  # noqa: ARG002 - what a file may have
        """Return None: a cell that fails says so itself, when it is run."""
        return

    def ask(
        self,
        exercise: str,
        attempt: int,  # noqa: ARG002 - a namespace holds only the last one
        asks: Sequence[Ask],
        seconds: float,
        *,
        quits: tuple[type[BaseException], ...] = (),
    ) -> list[tuple[Observation, BaseException | None]]:
        """Ask an answer within so many seconds."""
        with self._overriding(), deadline(seconds), self.apart.at_work():
            names = {**self.drive, exercise: self._found(exercise)}
            files = tuple(self.cells.numbers)
            seen = observed(asks, names, files=files, seconds=seconds, quits=quits)
        return [(self.cells.located(observation), error) for observation, error in seen]

    def _found(self, exercise: str) -> object | None:
        return answer(None, self.spellings[exercise], self.namespace)

    @contextlib.contextmanager
    def _overriding(self) -> Iterator[None]:
        """Let the notebook find other definitions under some names, and afterwards its own again."""
        before = {name: self.namespace[name] for name in self.overrides if name in self.namespace}
        try:
            override(self.namespace, self.overrides)
            yield
        finally:
            for name in self.overrides:
                self.namespace.pop(name, None)
            self.namespace.update(before)


def is_to_write(found: object) -> bool:
    """Return whether a function or class is still a stub, as far as its source is known."""
    if isinstance(found, FunctionType):
        return _is_stub(found)
    if not isinstance(found, type):
        return False
    members = [value for name, value in vars(found).items() if _is_method(value) or not name.startswith("__")]
    methods = [getattr(value, "__func__", value) for value in members if _is_method(value)]
    if not methods:
        return not members
    return all(isinstance(method, FunctionType) and _is_stub(method) for method in methods)


def _is_method(value: object) -> bool:
    return isinstance(value, FunctionType | staticmethod | classmethod)


def _is_stub(function: FunctionType) -> bool:
    try:
        source = textwrap.dedent(inspect.getsource(function))
        node = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return False  # a lambda within a line, or code that came from elsewhere: somebody wrote it
    return is_stub(node)


def _is_of_d2l(found: object, spellings: Sequence[str]) -> bool:
    """Return whether an answer is d2l's own, or a class derived from d2l's class of that name."""
    lineage = [one for one in getattr(found, "__mro__", ()) if one is found or one.__name__ in spellings] or [
        found
    ]
    return any(str(getattr(one, "__module__", "")).partition(".")[0] == "d2l" for one in lineage)
