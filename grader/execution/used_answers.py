"""Record which exercises' answers a program enters: while it is loaded, and while one of them is asked.

The record is made beside the student's code, which can forge it. It decides nothing but with which correct
answers an exercise is asked once more (`grader.judging.error_carried_forward`).
"""

from __future__ import annotations

import contextlib
import re
import sys
from dataclasses import dataclass, field
from inspect import CO_OPTIMIZED
from types import BuiltinFunctionType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.execution.call_watch import restore_profiler
from grader.execution.loading.running import filename

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from types import FrameType

    from grader.execution.loading import Loaded
    from grader.execution.loading.program import Program

MAX_ENTRIES: Final = 10_000
"""How many entries are recorded at most: a program can make functions without end."""
_UNDEFINED: Final = re.compile(r"name '(\w+)' is not defined")


class Place(NamedTuple):
    """The line of a module that was running when something was called."""

    file: str
    line: int


@dataclass
class Entries:
    """What was entered, each with the first place, by identity."""

    of_code: dict[tuple[int, Place], tuple[CodeType, Place]] = field(default_factory=dict)
    of_functions: set[int] = field(default_factory=set)


class UsedAnswers:
    """Knows the answers of a program, and records which are entered.

    Args:
        traced: the exercises, each with the names under which its answer may be found.
        files: the names of the program's files.

    """

    def __init__(self, traced: Mapping[str, Sequence[str]], files: Collection[str]) -> None:
        self.traced = traced
        self.files = tuple(files)
        self.by_spelling = {spelling: name for name, all_of in traced.items() for spelling in all_of}
        self.by_identity: dict[int, str] = {}
        self.kept: list[object] = []
        self.undefined: dict[Place, str] = {}
        self.loading = Entries()

    @contextlib.contextmanager
    def recording(self, entries: Entries) -> Iterator[None]:
        """Record what the block enters, in this thread."""
        if not self.traced:
            yield
            return
        before = sys.getprofile()
        sys.setprofile(self._profile_function(entries))
        try:
            yield
        finally:
            restore_profiler(before)

    def learn(self, loaded: Loaded) -> None:
        """Find the answers of a program that was loaded, also those that have another name in Python."""
        for program, ran in loaded.ran:
            self.learn_names(ran.namespace)
            for index, error in ran.errors.items():
                undefined = _UNDEFINED.match(error.message)
                if undefined and undefined[1] in self.by_spelling:
                    self.undefined[_first_line(program, index)] = self.by_spelling[undefined[1]]

    def learn_names(self, namespace: Mapping[str, object]) -> None:
        """Find the answers in a namespace."""
        for spelling, name in self.by_spelling.items():
            for part in _parts(namespace.get(spelling)):
                self.by_identity[id(part)] = name
                self.kept.append(part)

    def while_loaded(self, loaded: Loaded, spellings: Sequence[str]) -> set[str]:
        """Return the exercises whose answers were entered by statements that an exercise depends on."""
        found: set[str] = set()
        for program, _ran in loaded.ran:
            lines = _lines(program, program.dependencies.needed(spellings))
            found |= {
                name
                for code, place in self.loading.of_code.values()
                if place.line in lines.get(place.file, ()) and (name := self._name(code))
            }
            found |= {
                name for place, name in self.undefined.items() if place.line in lines.get(place.file, ())
            }
        return found

    def entered(self, entries: Entries, errors: Collection[BaseException]) -> set[str]:
        """Return the exercises among what was entered, and those that were called and aren't defined.

        Those are undefined names, and the classes of objects that lack an attribute.
        """
        found = {name for code, _place in entries.of_code.values() if (name := self._name(code))}
        found |= {self.by_identity[one] for one in entries.of_functions if one in self.by_identity}
        undefined = {str(error.name) for error in errors if type(error) is NameError}
        for error in errors:
            if type(error) is AttributeError:
                undefined |= _classes_of(error.obj)
        return found | {self.by_spelling[one] for one in undefined & self.by_spelling.keys()}

    def _name(self, code: CodeType) -> str | None:
        """Return the exercise to whose answer code belongs: by its identity, or by its name in Python."""
        outer = code.co_qualname.partition(".<locals>")[0]
        first = outer.partition(".")[0]
        return self.by_identity.get(id(code)) or self.by_spelling.get(outer) or self.by_spelling.get(first)

    def _profile_function(self, entries: Entries) -> Any:  # noqa: ANN401 - a function for `sys.setprofile`
        known: dict[int, bool] = {}  # by identity: the hash of code is computed anew each time

        def profile(frame: FrameType, event: str, argument: object) -> None:
            if event == "c_call" and id(argument) in self.by_identity:
                entries.of_functions.add(id(argument))
            if event != "call" or len(entries.of_code) >= MAX_ENTRIES:
                return
            code = frame.f_code
            if id(code) not in known:
                self.kept.append(code)
                is_function = code.co_flags & CO_OPTIMIZED  # not the body of a class, or of a module
                own = code.co_filename.startswith(self.files) or id(code) in self.by_identity
                known[id(code)] = bool(is_function) and own
            if known[id(code)]:
                place = _place(frame) if entries is self.loading else Place("", 0)
                entries.of_code.setdefault((id(code), place), (code, place))

        return profile


def _parts(answer: object) -> Iterator[object]:
    """Yield the code of an answer, and functions without code."""
    if isinstance(answer, FunctionType):
        if not hasattr(answer, "__wrapped__"):  # else its code is the decorator's
            yield answer.__code__
    elif isinstance(answer, BuiltinFunctionType):
        yield answer
    elif isinstance(answer, type):
        for member in vars(answer).values():
            function = getattr(member, "__func__", getattr(member, "fget", member))
            if isinstance(function, FunctionType):
                yield function.__code__


def _classes_of(thing: object) -> set[str]:
    """Return the names of an object's classes, or of a class and its parents."""
    owner = thing if isinstance(thing, type) else type(thing)
    return {type.__dict__["__name__"].__get__(one) for one in type.mro(owner)}


def _place(frame: FrameType | None) -> Place:
    found = Place("", 0)
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            found = Place(frame.f_code.co_filename, frame.f_lineno)
            break
        frame = frame.f_back
    return found


def _lines(program: Program, statements: Collection[int]) -> dict[str, set[int]]:
    """Return the lines of some statements, by the name under which tracebacks show their cell."""
    lines: dict[str, set[int]] = {}
    for index in statements:
        statement = program.statements[index]
        first, last = _first_line(program, index).line, statement.node.end_lineno or 0
        lines.setdefault(filename(program.file, statement.cell), set()).update(range(first, last + 1))
    return lines


def _first_line(program: Program, index: int) -> Place:
    statement = program.statements[index]
    decorators = getattr(statement.node, "decorator_list", ())
    line = min(node.lineno for node in (statement.node, *decorators))
    return Place(filename(program.file, statement.cell), line)
