"""Stand-ins for packages that aren't there: importing them costs nothing, using them says what is missing."""

from __future__ import annotations

import ast
from typing import NoReturn

from grader.execution.loading.definitions import innermost


class StandIn:
    """What is bound to an imported name where the import fails; any use raises `ModuleNotFoundError`."""

    def __init__(self, name: str, reason: str) -> None:
        self.__name__ = name
        self.__reason = reason

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # Python itself asks for these, and must be told in its own way
        return self.__missing()

    def __call__(self, *_: object, **__: object) -> object:
        """Raise `ModuleNotFoundError`."""
        return self.__missing()

    def __getitem__(self, _: object) -> object:
        return self.__missing()

    def __iter__(self) -> NoReturn:
        self.__missing()

    def __mro_entries__(self, _: tuple[object, ...]) -> NoReturn:
        """Asked for where the stand-in is a base class."""
        self.__missing()

    def __missing(self) -> NoReturn:
        message = f"{self.__name__} is not available here ({self.__reason})"
        raise ModuleNotFoundError(message, name=self.__name__)


Import = ast.Import | ast.ImportFrom


def imports_in(node: ast.stmt) -> list[Import]:
    """Each import of the statement by itself, one name at a time, functions and classes left out."""
    if isinstance(node, ast.Import):
        return [ast.copy_location(ast.Import([alias]), node) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        singles = (ast.ImportFrom(node.module, [alias], node.level) for alias in node.names)
        return [ast.copy_location(single, node) for single in singles]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return []
    return [single for child in innermost(node) if child is not node for single in imports_in(child)]


def bind_stand_in(statement: Import, error: Exception, namespace: dict[str, object]) -> None:
    """Bind a stand-in for an import of one name that failed; what the name was bound to before stays."""
    (alias,) = statement.names
    if isinstance(statement, ast.ImportFrom):
        path = "." * statement.level + f"{statement.module or ''}.{alias.name}"
        name = alias.asname or alias.name
    else:
        path = alias.name
        name = alias.asname or alias.name.partition(".")[0]
    if name != "*" and (alias.asname or name not in namespace):
        namespace[name] = StandIn(path, str(error))
