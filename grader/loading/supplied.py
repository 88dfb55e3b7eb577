"""What a course supplies under `d2l.torch`: never an answer itself, and put back between attempts."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Supplied:
    """The supplied module as it was at some time."""

    module: ModuleType | None
    names: dict[str, object]
    classes: dict[type, dict[str, object]]

    def holds(self, answer: object) -> bool:
        """Whether `answer` is one of the module's own objects or methods."""
        tables = (self.names, *self.classes.values())
        return any(value is answer for table in tables for value in table.values())

    def restore(self) -> None:
        """Undo what was added to the module and its classes since, or replaced there."""
        if self.module is None:
            return
        tables: list[tuple[object, dict[str, object]]] = [(self.module, self.names), *self.classes.items()]
        for owner, before in tables:
            now = dict(vars(owner))
            for name in now.keys() - before.keys():
                delattr(owner, name)
            for name, value in before.items():
                if now.get(name) is not value:
                    setattr(owner, name, value)


def supplied() -> Supplied:
    """The supplied module as it is now; an empty one where the course supplies none."""
    module = sys.modules.get("d2l.torch")
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
