"""The contents of the supplied modules at some time: undo a program's changes to them, or make them again."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.loading.supplied_modules import NotSupplied, importer_in_use

if TYPE_CHECKING:
    from types import ModuleType

    from grader.execution.loading.errors import LoadError

_NO_IMPORT = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The contents of the supplied modules and of the classes that they define."""

    modules: dict[str, ModuleType]
    tables: tuple[tuple[object, dict[str, object]], ...]

    def again(self) -> Snapshot:
        """Return the present contents of the same modules, even if a program has replaced some by others."""
        return _snapshot(self.modules)

    def owns(self, answer: object) -> bool:
        """Return whether `answer` is one of the modules' own objects or methods."""
        return any(
            value is answer and (isinstance(owner, type) or getattr(answer, "__module__", "") in self.modules)
            for owner, table in self.tables
            for value in table.values()
        )

    def restore(self) -> None:
        """Undo what was added to the modules and their classes since then, or replaced there."""
        sys.modules.update(self.modules)
        for owner, before in self.tables:
            now = dict(vars(owner))
            for name in now.keys() - before.keys():
                delattr(owner, name)
            for name, value in before.items():
                if name not in now or now[name] is not value:
                    setattr(owner, name, value)


def snapshot() -> Snapshot:
    """Return the present contents of the supplied modules, which are imported if they were not."""
    importer = importer_in_use()
    names = importer.modules if importer is not None else ()
    return _snapshot({name: importlib.import_module(name) for name in names})


def explain_missing(fault: LoadError) -> str | None:
    """Return the message for a program that failed because a name is withheld; None if it failed otherwise.

    For `from d2l.torch import ...` Python raises an ImportError instead of `NotSupplied`.
    """
    if fault.exception == NotSupplied.__name__:
        return fault.message
    importer = importer_in_use()
    match = _NO_IMPORT.match(fault.message) if fault.exception == ImportError.__name__ else None
    if match is None or importer is None or not importer.withholds(match[2], match[1]):
        return None
    return str(NotSupplied(match[2], match[1]))


def _snapshot(modules: dict[str, ModuleType]) -> Snapshot:
    tables: list[tuple[object, dict[str, object]]] = []
    for module in modules.values():
        names = dict(vars(module))
        # Classes that the module merely imports are not restored.
        own = (one for one in names.values() if isinstance(one, type) and one.__module__ in modules)
        tables += [(module, names), *((one, dict(vars(one))) for one in own)]
    return Snapshot(modules, tuple(tables))
