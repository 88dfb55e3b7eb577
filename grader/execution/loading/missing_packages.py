"""Stand-ins for what can't be imported: importing one works, using it raises."""

from __future__ import annotations

import ast
import contextlib
import importlib
from typing import TYPE_CHECKING, Final, NoReturn

from grader.execution.loading.definitions import DEFINING, innermost
from grader.execution.loading.supplied_modules import NotSupplied, importer_in_use

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_USUAL_NAMES: Final = {
    "torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional", "np": "numpy", "pd": "pandas",
    "plt": "matplotlib.pyplot",
}  # fmt: skip
"""What `from fastai.vision.all import *` and its like bind beside names of their own."""


BOOK: Final = "d2l"
BOOK_IS_ABSENT: Final = (
    "is not installed here. Where your work is graded, the course supplies what the book's package has, but "
    "for what you are asked to write. To try it here: pip install --no-deps d2l==1.0.3, then pip install "
    "requests scipy ipython"
)


class StandIn:
    """Bound to an imported name if the import fails; any use of it raises `error`."""

    def __init__(self, name: str, error: Exception) -> None:
        self.__name__ = name
        self.__error = error

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # Python itself looks these up, and expects this exception
        return self.__missing()

    def __call__(self, *_: object, **__: object) -> object:
        """Raise the error."""
        return self.__missing()

    def __getitem__(self, _: object) -> object:
        return self.__missing()

    def __iter__(self) -> NoReturn:
        self.__missing()

    def __mro_entries__(self, _: tuple[object, ...]) -> NoReturn:
        """Raise the error; called where the stand-in is a base class."""
        self.__missing()

    def __missing(self) -> NoReturn:
        raise self.__error.with_traceback(None)


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
    """Bind a stand-in to the one name of an import that failed, unless it is bound to something already.

    Which names `import *` would have bound isn't known: the usual ones are.
    """
    (alias,) = statement.names
    if alias.name == "*":
        _bind_usual_names(namespace)
        return
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "")
        path = f"{module}.{alias.name}"
        name = alias.asname or alias.name
    else:
        module = path = alias.name
        name = alias.asname or alias.name.partition(".")[0]
    if alias.asname or name not in namespace:
        namespace[name] = StandIn(path, _withheld(module, alias.name) or _unavailable(path, error))


def _bind_usual_names(namespace: MutableMapping[str, object]) -> None:
    for name, module in _USUAL_NAMES.items():
        if name not in namespace:
            with contextlib.suppress(ImportError):
                namespace[name] = importlib.import_module(module)


def _withheld(module: str, name: str) -> NotSupplied | None:
    """Return the error for a name that is not supplied because it is asked for; None for any other."""
    importer = importer_in_use()
    is_withheld = importer is not None and importer.withholds(module, name)
    return NotSupplied(module, name) if is_withheld else None


def _unavailable(path: str, error: Exception) -> ModuleNotFoundError:
    """Return the error for what could not be imported."""
    missing = error.name or "" if isinstance(error, ModuleNotFoundError) else ""
    package, absent = path.partition(".")[0], missing.partition(".")[0]
    if not missing:
        reason = f"is not available here ({error})"
    elif absent != package:
        reason = f"needs {absent}, which is not installed here"
    elif package == BOOK and importer_in_use() is None:  # on a student's machine
        reason = BOOK_IS_ABSENT
    else:
        reason = "is not installed where the checks run"
    return ModuleNotFoundError(f"{path} {reason}", name=path)
