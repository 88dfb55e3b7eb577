"""The `d2l.torch` that a course supplies: hide what students have to write, and undo their changes to it."""

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


class NotSupplied(AttributeError):
    """A program used a name of `d2l.torch` that the student is asked to write."""

    def __init__(self, path: str) -> None:
        super().__init__(f"d2l.{path} is what you are asked to write here")


@dataclass(frozen=True, slots=True)
class _HiddenMethod:
    """Replaces a method of a supplied class that the student is asked to write."""

    path: str

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise NotSupplied(self.path)


@dataclass(frozen=True, slots=True)
class SuppliedModule:
    """The contents of the supplied module at some time."""

    module: ModuleType | None
    names: dict[str, object]
    classes: dict[type, dict[str, object]]

    def provides(self, spelling: str) -> bool:
        """Return whether the module defines this name: `Trainer`, or `Classifier.accuracy`."""
        name, _, method = spelling.partition(".")
        if name not in self._public_names() or name not in self.names:
            return False
        return not method or method in self.classes.get(self.names[name], {})  # type: ignore[call-overload]

    def hide(self, spellings: Iterable[str]) -> None:
        """Remove these names from the module, with the classes that derive from them.

        Using a removed name raises `NotSupplied`. `restore` undoes this.
        """
        if self.module is None:
            return
        hidden = set()
        for spelling in filter(self.provides, spellings):
            name, _, method = spelling.partition(".")
            found = self.names[name]
            if method:
                setattr(found, method, _HiddenMethod(spelling))
            elif isinstance(found, type) and found in self.classes:
                hidden |= {one for one, value in self.names.items() if _derives(value, found)}
            else:
                hidden.add(name)
        if not hidden:
            return
        own_getattr = self.names.get("__getattr__")

        def missing(name: str) -> object:
            if name in hidden:
                raise NotSupplied(name)
            if callable(own_getattr):
                return own_getattr(name)
            message = f"module {_MODULE!r} has no attribute {name!r}"
            raise AttributeError(message)

        for name in hidden:
            delattr(self.module, name)
        vars(self.module).update(
            __getattr__=missing, __all__=[one for one in self._public_names() if one not in hidden]
        )

    def snapshot(self) -> SuppliedModule:
        """Return the present contents of the same module, even if a program has replaced it by another."""
        return _snapshot(self.module)

    def owns(self, answer: object) -> bool:
        """Return whether `answer` is one of the module's own objects or methods."""
        own = (value for value in self.names.values() if _is_from(self.module, value))
        methods = (value for table in self.classes.values() for value in table.values())
        return any(value is answer for values in (own, methods) for value in values)

    def explain_missing(self, fault: LoadError) -> str | None:
        """Return the message for a program that failed because a name is hidden; None if it failed otherwise.

        For `from d2l.torch import ...` Python raises an ImportError instead of `NotSupplied`.
        """
        if fault.exception == NotSupplied.__name__:
            return fault.message
        match = _NO_IMPORT.match(fault.message) if fault.exception == ImportError.__name__ else None
        return str(NotSupplied(match[1])) if match and self.provides(match[1]) else None

    def restore(self) -> None:
        """Undo what was added to the module and its classes since then, or replaced there."""
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

    def _public_names(self) -> Sequence[str]:
        """Return the names that the module exports."""
        public = [name for name in self.names if not name.startswith("_")]
        listed = self.names.get("__all__")
        return listed if isinstance(listed, list) else public


def supplied_module() -> SuppliedModule:
    """Return the present contents of the supplied module; empty if the course supplies none."""
    return _snapshot(sys.modules.get(_MODULE))


def _snapshot(module: ModuleType | None) -> SuppliedModule:
    if module is None:
        return SuppliedModule(None, {}, {})
    names = dict(vars(module))
    # Classes that the module merely imports are not restored.
    classes = {
        value: dict(vars(value))
        for value in names.values()
        if isinstance(value, type) and value.__module__.partition(".")[0] not in {"builtins", "torch"}
    }
    return SuppliedModule(module, names, classes)


def load_groups(files: Sequence[SourceFile], wanted: Mapping[str, tuple[str, ...]]) -> list[Wanted]:
    """Return the exercises in groups, for each of which the program is loaded with its names hidden.

    An exercise that the supplied module could answer is a group by itself: others may build on that answer,
    as the book's `Trainer` does on `HyperParameters`. A program that never names the module needs one group.
    """
    module = supplied_module()
    source = "\n".join(cell.source for file in files for cell in file.cells)
    separate = [
        name
        for name, spellings in wanted.items()
        if any(map(module.provides, spellings)) and "d2l" in source and name in source
    ]
    others = {name: spellings for name, spellings in wanted.items() if name not in separate}
    return [group for group in (others, *({name: wanted[name]} for name in separate)) if group]


def _derives(value: object, parent: type) -> bool:
    return isinstance(value, type) and issubclass(value, parent)


def _is_from(module: ModuleType | None, value: object) -> bool:
    return module is not None and getattr(value, "__module__", None) == module.__name__
