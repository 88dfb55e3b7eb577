"""What processes in the sandbox can import: what reads and runs answers in `grader`, and declared packages.

What judges, grades or reports is of no use to a child, so that no child can read or import it. Packages that
neither Gradbook nor the course requires are hidden, so that it makes no difference what else is installed.
"""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from grader import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Collection
    from importlib.machinery import ModuleSpec
    from pathlib import Path

VISIBLE: Final = (
    "__init__.py", "records", "students", "submissions", "execution", "datasets", "sandbox", "drive.py",
)  # fmt: skip
"""Entries of the package's folder, all of whose imports are among them."""


def visible_files() -> dict[str, Path]:
    """Return the visible files and folders, by their path below the folder that Python imports from."""
    return {f"{PACKAGE.name}/{name}": PACKAGE / name for name in VISIBLE}


def hide_modules(packages: Collection[str] = ()) -> None:
    """Keep this process from importing some installed packages, and the other modules of `grader`.

    Both are as if they were not installed: to import one raises the usual `ModuleNotFoundError`, and to ask
    `importlib.util.find_spec` returns None. Where no layer hides their files, an editable install would find
    them otherwise.

    Args:
        packages: top-level names.
    """
    sys.meta_path[:] = [_Hiding(finder, frozenset(packages)) for finder in sys.meta_path]


class _Hiding:
    """A finder as it was, but for the modules that it is not to find."""

    visible = frozenset(PurePath(name).stem for name in VISIBLE)

    def __init__(self, finder: Any, packages: frozenset[str]) -> None:  # noqa: ANN401 - any finder
        self._finder = finder
        self._packages = packages

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ANN401
        """Return what the finder finds, or None for a module that is hidden."""
        if fullname in self._packages or self._is_invisible(fullname):
            return None
        spec: ModuleSpec | None = self._finder.find_spec(fullname, path, target)
        return spec

    def _is_invisible(self, fullname: str) -> bool:
        package, _, rest = fullname.partition(".")
        return package == PACKAGE.name and bool(rest) and rest.partition(".")[0] not in self.visible

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what else import machinery asks a finder for
        return getattr(self._finder, name)
