"""The part of the `grader` package that processes in the sandbox can see: what runs answers, nothing else.

What judges, grades or reports is of no use to a child, so that no child can read or import it.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from grader import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

VISIBLE: Final = ("__init__.py", "records", "execution", "datasets", "sandbox", "drive.py")
"""Entries of the package's folder, all of whose imports are among them."""


def visible_files() -> dict[str, Path]:
    """Return the visible files and folders, by their path below the folder that Python imports from."""
    return {f"{PACKAGE.name}/{name}": PACKAGE / name for name in VISIBLE}


def hide_other_modules() -> None:
    """Let this process import the visible modules of the package only.

    An editable install has a finder of its own, which would find the others where no layer hides their files.
    """
    sys.meta_path.insert(0, _HidesOtherModules())


class _HidesOtherModules(MetaPathFinder):
    """Finds nothing, and keeps other finders from finding modules that aren't visible."""

    visible = frozenset(PurePath(name).stem for name in VISIBLE)

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        """Raise `ModuleNotFoundError` where a module is to be hidden."""
        package, _, rest = fullname.partition(".")
        if package == PACKAGE.name and rest and rest.partition(".")[0] not in self.visible:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
