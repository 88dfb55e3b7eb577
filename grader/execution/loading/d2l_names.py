"""What a course supplies under `d2l.torch`: without what is asked for, and put back between attempts."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from grader.execution.loading.errors import LoadError
    from grader.records.sources import SourceFile

Wanted = dict[str, tuple[str, ...]]
_MODULE = "d2l.torch"
_NO_IMPORT = re.compile(rf"cannot import name '(\w+)' from '{re.escape(_MODULE)}'")


class AskedFor(AttributeError):
    """A program used a supplied name that stands for what it is asked to write."""

    def __init__(self, path: str) -> None:
        super().__init__(f"d2l.{path} is what is asked for here: write it yourself")


@dataclass(frozen=True, slots=True)
class _TakenOut:
    """Stands in a supplied class for a method that is asked for."""

    path: str

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise AskedFor(self.path)


@dataclass(frozen=True, slots=True)
class Supplied:
    """The supplied module as it was at some time."""

    module: ModuleType | None
    names: dict[str, object]
    classes: dict[type, dict[str, object]]

    def offers(self, spelling: str) -> bool:
        """Whether the module has what goes by this name: `Trainer`, or `Classifier.accuracy`."""
        name, _, method = spelling.partition(".")
        if name not in self._list() or name not in self.names:
            return False
        return not method or method in self.classes.get(self.names[name], {})  # type: ignore[call-overload]

    def take_out(self, spellings: Iterable[str]) -> None:
        """Take what goes by these names out of the module, and the classes that derive from it.

        A name that is gone raises `AskedFor`. `restore` puts everything back.
        """
        if self.module is None:
            return
        gone = set()
        for spelling in filter(self.offers, spellings):
            name, _, method = spelling.partition(".")
            found = self.names[name]
            if method:
                setattr(found, method, _TakenOut(spelling))
            elif isinstance(found, type) and found in self.classes:
                gone |= {one for one, value in self.names.items() if _derives(value, found)}
            else:
                gone.add(name)
        if not gone:
            return
        otherwise = self.names.get("__getattr__")

        def missing(name: str) -> object:
            if name in gone:
                raise AskedFor(name)
            if callable(otherwise):
                return otherwise(name)
            message = f"module {_MODULE!r} has no attribute {name!r}"
            raise AttributeError(message)

        for name in gone:
            delattr(self.module, name)
        vars(self.module).update(
            __getattr__=missing, __all__=[one for one in self._list() if one not in gone]
        )

    def now(self) -> Supplied:
        """The same module as it is now, even if a program has put another one in its place."""
        return _seen(self.module)

    def holds(self, answer: object) -> bool:
        """Whether `answer` is one of the module's own objects or methods."""
        own = (value for value in self.names.values() if _made_by(self.module, value))
        methods = (value for table in self.classes.values() for value in table.values())
        return any(value is answer for values in (own, methods) for value in values)

    def refusal(self, fault: LoadError) -> str | None:
        """What to tell a program that broke because something was taken out; None where it broke otherwise.

        Python turns the `AskedFor` of a `from d2l.torch import ...` into an error of its own.
        """
        if fault.exception == AskedFor.__name__:
            return fault.message
        match = _NO_IMPORT.match(fault.message) if fault.exception == ImportError.__name__ else None
        return str(AskedFor(match[1])) if match and self.offers(match[1]) else None

    def restore(self) -> None:
        """Undo what was added to the module and its classes since, or replaced there."""
        if self.module is None:
            return
        sys.modules[_MODULE] = self.module
        tables: list[tuple[object, dict[str, object]]] = [(self.module, self.names), *self.classes.items()]
        for owner, before in tables:
            now = dict(vars(owner))
            for name in now.keys() - before.keys():
                delattr(owner, name)
            for name, value in before.items():
                if now.get(name) is not value:
                    setattr(owner, name, value)

    def _list(self) -> Sequence[str]:
        """The module's list of the names that it supplies."""
        public = [name for name in self.names if not name.startswith("_")]
        listed = self.names.get("__all__")
        return listed if isinstance(listed, list) else public


def supplied() -> Supplied:
    """The supplied module as it is now; an empty one where the course supplies none."""
    return _seen(sys.modules.get(_MODULE))


def _seen(module: ModuleType | None) -> Supplied:
    if module is None:
        return Supplied(None, {}, {})
    names = dict(vars(module))
    # What the module merely imports is not the course's to put back.
    classes = {
        value: dict(vars(value))
        for value in names.values()
        if isinstance(value, type) and value.__module__.partition(".")[0] not in {"builtins", "torch"}
    }
    return Supplied(module, names, classes)


def sittings(files: Sequence[SourceFile], wanted: Mapping[str, tuple[str, ...]]) -> list[Wanted]:
    """The exercises in groups, each of which is to be loaded without what it asks for.

    An exercise that the supplied module could answer is by itself: the others may build on that answer, as
    the book's `Trainer` does on `HyperParameters`. A program that never names the module needs one group.
    """
    now = supplied()
    source = "\n".join(cell.source for file in files for cell in file.cells)
    alone = [
        name
        for name, spellings in wanted.items()
        if any(map(now.offers, spellings)) and "d2l" in source and name in source
    ]
    rest = {name: spellings for name, spellings in wanted.items() if name not in alone}
    return [group for group in (rest, *({name: wanted[name]} for name in alone)) if group]


def _derives(value: object, parent: type) -> bool:
    return isinstance(value, type) and issubclass(value, parent)


def _made_by(module: ModuleType | None, value: object) -> bool:
    return module is not None and getattr(value, "__module__", None) == module.__name__
