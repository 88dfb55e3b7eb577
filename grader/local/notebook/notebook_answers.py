"""The answers to a section that a running notebook defines."""

from __future__ import annotations

import ast
import contextlib
import inspect
import linecache
import textwrap
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from grader.execution.deadline import deadline
from grader.execution.loading.answers import find_answer
from grader.execution.loading.definitions import are_stubs, is_stub
from grader.execution.loading.replacing import methods_of
from grader.execution.student_code import TO_DO_MESSAGE, observe_all
from grader.execution.used_answers import Entries, UsedAnswers
from grader.execution.without_compilers import prepare_for
from grader.records.protocol import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.course.course import Section
    from grader.execution.loading.replacing import Replacement
    from grader.execution.torch_state import SeparateTorchState
    from grader.local.notebook.cells import Cells
    from grader.records.protocol import Ask, Observation

NOT_DEFINED_MESSAGE: Final = "{} is not defined in this notebook."
FROM_D2L: Final = "{} comes from d2l: write it yourself."


class NotebookAnswers:
    """What a notebook defines of a section, with its own helpers and other answers.

    Args:
        section: the section.
        namespace: the notebook's names and their values.
        drive: the names that the section's drive file defines.
        cells: the notebook's cells.
        torch_state: the notebook's settings of torch.
        replaced: by exercise, a correct answer that takes the place of the notebook's during a call. What
            cells have made of the notebook's own before, such as a class that derives from it, stays.
        traced: the exercises that `used` tells, with their spellings.

    """

    def __init__(
        self,
        section: Section,
        namespace: dict[str, Any],
        drive: Mapping[str, object],
        *,
        cells: Cells,
        torch_state: SeparateTorchState,
        replaced: Mapping[str, Replacement],
        traced: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.spellings = section.spellings
        self.namespace = namespace
        self.drive = drive
        self.cells = cells
        for name in cells.numbers:
            prepare_for("".join(linecache.getlines(name)))
        self.torch_state = torch_state
        self.replaced = replaced
        self.tracer = UsedAnswers(traced, tuple(cells.numbers))
        self.tracer.learn_names(namespace)

    def absent(self, exercise: str) -> Absent | None:
        """Return why there is no answer to an exercise; None if there is one."""
        found = self._found(exercise)
        if not callable(found):
            return Absent("failed", NOT_DEFINED_MESSAGE.format(exercise))
        if _is_of_d2l(found, self.spellings[exercise]):
            return Absent("failed", FROM_D2L.format(exercise))
        if is_unwritten(found):
            return Absent("failed", TO_DO_MESSAGE.format(exercise), is_stub=True)
        return None

    def defines(self, exercise: str) -> bool:
        """Return whether the notebook defines an exercise, even as a stub."""
        return callable(self._found(exercise))

    def fault(self, exercise: str) -> None:  # noqa: ARG002 - of the protocol
        """Return None: a cell that fails shows its error when it is run."""
        return

    def raised_while_loaded(self) -> frozenset[str]:
        """Return nothing: who runs a cell sees its exception."""
        return frozenset()

    def ask(
        self,
        exercise: str,
        attempt: int,  # noqa: ARG002 - a namespace holds only the last definition
        asks: Sequence[Ask],
        seconds: float,
        *,
        quits: tuple[type[BaseException], ...] = (),
    ) -> list[tuple[Observation, BaseException | None]]:
        """Ask an answer, and stop it after this many seconds."""
        with self._replacing(), deadline(seconds), self.torch_state.active():
            names = {**self.drive, exercise: self._found(exercise)}
            files = tuple(self.cells.numbers)
            seen = observe_all(asks, names, files=files, seconds=seconds, quits=quits)
        return [(self.cells.located(observation), error) for observation, error in seen]

    def used(self, exercise: str, attempt: int, asks: Sequence[Ask], seconds: float) -> frozenset[str]:
        """Return the traced exercises whose answers another one enters when it is asked this."""
        entries = Entries()
        with self.tracer.recording(entries):
            seen = self.ask(exercise, attempt, asks, seconds)
        errors = [error for _seen, error in seen if error is not None]
        return frozenset(self.tracer.entered(entries, errors) - {exercise})

    def _found(self, exercise: str) -> object | None:
        return find_answer(None, self.spellings[exercise], self.namespace)

    @contextlib.contextmanager
    def _replacing(self) -> Iterator[None]:
        """Replace definitions in the notebook during the block, and restore them afterwards."""
        names = {name: one.answer for one in self.replaced.values() for name in one.names}
        before = {name: self.namespace[name] for name in names if name in self.namespace}
        methods = [
            (owner, name, vars(owner)[name], one.answer)
            for one in self.replaced.values()
            for owner, name in methods_of(self.namespace, one.spellings)
            if name in vars(owner)
        ]
        try:
            self.namespace.update(names)
            for owner, name, _own, answer in methods:
                setattr(owner, name, answer)
            yield
        finally:
            for owner, name, own, _answer in methods:
                setattr(owner, name, own)
            for name in names:
                self.namespace.pop(name, None)
            self.namespace.update(before)


def is_unwritten(found: object) -> bool:
    """Return whether a function or class is still a stub; False if its source is unknown."""
    if isinstance(found, FunctionType):
        return is_stub(_source_of(found))
    if not isinstance(found, type):
        return False
    members = [value for name, value in vars(found).items() if _is_method(value) or not name.startswith("__")]
    methods = [_source_of(getattr(value, "__func__", value)) for value in members if _is_method(value)]
    if not methods:
        return not members
    return are_stubs(methods)


def _is_method(value: object) -> bool:
    return isinstance(value, FunctionType | staticmethod | classmethod)


def _source_of(function: Any) -> ast.AST:  # noqa: ANN401 - a method may be any callable
    """Return the definition of a function; something else for a lambda, or code without source."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return ast.Pass()


def _is_of_d2l(found: object, spellings: Sequence[str]) -> bool:
    """Return whether an answer is from d2l, or a class derived from d2l's class of that name."""
    lineage = [one for one in getattr(found, "__mro__", ()) if one is found or one.__name__ in spellings] or [
        found
    ]
    return any(str(getattr(one, "__module__", "")).partition(".")[0] == "d2l" for one in lineage)
