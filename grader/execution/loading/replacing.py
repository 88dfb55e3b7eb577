"""Put correct answers in the place of a program's own, from its first statement to its last call."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Replacement:
    """A correct answer, and the names under which the program has its own: `softmax`, `Trainer.fit_epoch`."""

    spellings: tuple[str, ...]
    answer: object
    members: Mapping[str, object] = field(init=False)
    """What the answer consists of, if it is a class: the program may add other methods to it."""

    def __post_init__(self) -> None:
        members = dict(vars(self.answer)) if isinstance(self.answer, type) else {}
        own = {name: value for name, value in members.items() if name not in {"__dict__", "__weakref__"}}
        object.__setattr__(self, "members", own)

    @property
    def names(self) -> tuple[str, ...]:
        """The global names among the spellings."""
        return tuple(spelling for spelling in self.spellings if "." not in spelling)


def answer_in(source: str, name: str) -> object:
    """Return what some source of the course's defines under a name. Raises its exceptions."""
    module = ModuleType(f"correct_{name}")
    sys.modules[module.__name__] = module
    exec(compile(source, module.__name__, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - see above
    return module.__dict__[name]


class PinnedScope(MutableMapping[str, object]):
    """A namespace for `exec` in which some names have a value that the program can't replace."""

    def __init__(self, namespace: dict[str, object], replaced: Mapping[str, Replacement]) -> None:
        self.namespace = namespace
        self.pinned = {name: one.answer for one in replaced.values() for name in one.names}
        namespace.update(self.pinned)

    def __getitem__(self, name: str) -> object:
        return self.namespace[name]

    def __setitem__(self, name: str, value: object) -> None:
        if name not in self.pinned:
            self.namespace[name] = value

    def __delitem__(self, name: str) -> None:
        if name not in self.pinned:
            del self.namespace[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.namespace)

    def __len__(self) -> int:
        return len(self.namespace)


def scope_of(
    namespace: dict[str, object], replaced: Mapping[str, Replacement]
) -> MutableMapping[str, object]:
    """Return what a program's statements run in, so that what they bind is in `namespace`."""
    return PinnedScope(namespace, replaced) if replaced else namespace


def finish(namespace: Mapping[str, object], replaced: Mapping[str, Replacement]) -> None:
    """Put correct methods in the place of those that a program that has run added to classes."""
    for one in replaced.values():
        for name, value in one.members.items():
            if vars(one.answer).get(name) is not value:
                setattr(one.answer, name, value)
    for one in replaced.values():
        for owner, name in methods_of(namespace, one.spellings):
            setattr(owner, name, one.answer)


def methods_of(namespace: Mapping[str, object], spellings: tuple[str, ...]) -> Iterator[tuple[type, str]]:
    """Yield the classes that have one of these methods, and its name: the program's, and supplied ones."""
    for spelling in spellings:
        first, _, method = spelling.partition(".")
        for module in (namespace, vars(sys.modules.get("d2l.torch", ModuleType("none")))):
            owner = module.get(first)
            if method and isinstance(owner, type):
                yield owner, method
