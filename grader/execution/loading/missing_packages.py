"""Stand-ins for packages that aren't installed: importing one works, using it raises."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NoReturn

from grader.execution.loading.definitions import DEFINING, innermost

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class StandIn:
    """Bound to an imported name if the import fails; any use of it raises `ModuleNotFoundError`."""

    def __init__(self, name: str, reason: str) -> None:
        self.__name__ = name
        self.__reason = reason

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # Python itself looks these up, and expects this exception
        return self.__missing()

    def __call__(self, *_: object, **__: object) -> object:
        """Raise `ModuleNotFoundError`."""
        return self.__missing()

    def __getitem__(self, _: object) -> object:
        return self.__missing()

    def __iter__(self) -> NoReturn:
        self.__missing()

    def __mro_entries__(self, _: tuple[object, ...]) -> NoReturn:
        """Raise `ModuleNotFoundError`; called where the stand-in is a base class."""
        self.__missing()

    def __missing(self) -> NoReturn:
        message = f"{self.__name__} {self.__reason}"
        raise ModuleNotFoundError(message, name=self.__name__)


Import = ast.Import | ast.ImportFrom


def imports_in(node: ast.stmt) -> list[Import]:
    """Return each import of the statement, one name at a time, except those in functions and classes."""
    if isinstance(node, ast.Import):
        return [ast.copy_location(ast.Import([alias]), node) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        singles = (ast.ImportFrom(node.module, [alias], node.level) for alias in node.names)
        return [ast.copy_location(single, node) for single in singles]
    if isinstance(node, DEFINING):
        return []
    return [single for child in innermost(node) if child is not node for single in imports_in(child)]


def bind_stand_in(statement: Import, error: Exception, namespace: MutableMapping[str, object]) -> None:
    """Bind a stand-in to the one name of an import that failed, unless it is bound to something already."""
    (alias,) = statement.names
    if isinstance(statement, ast.ImportFrom):
        path = "." * statement.level + f"{statement.module or ''}.{alias.name}"
        name = alias.asname or alias.name
    else:
        path = alias.name
        name = alias.asname or alias.name.partition(".")[0]
    if name != "*" and (alias.asname or name not in namespace):
        namespace[name] = StandIn(path, _reason(error))


def _reason(error: Exception) -> str:
    """Return why an import failed, as it goes on after the name of what was imported."""
    if isinstance(error, ModuleNotFoundError):
        return "is not installed where the checks run"
    return f"is not available here ({error})"
