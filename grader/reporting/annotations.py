"""A failure as CI systems show it: the check, the line in the student's file, and the message."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Failure:
    """A check that failed by itself.

    Args:
        exercise: name of the exercise.
        check: name of the check.
        file: the student's file.
        message: what the student reads.

    """

    exercise: str
    check: str
    file: Path
    message: str

    @property
    def title(self) -> str:
        """Names of exercise and check."""
        return f"{self.exercise}: {self.check}"

    def path_from(self, root: Path) -> str:
        """Return the file's path relative to a repository's root, with slashes on all systems."""
        return os.path.relpath(self.file, root).replace(os.sep, "/")

    @property
    def line(self) -> int:
        """The line that raised an exception; else that of the definition; else the first."""
        lines = re.findall(rf"^{re.escape(self.file.name)}, line (\d+)", self.message, re.MULTILINE)
        if lines:
            return int(lines[-1])
        try:
            statements = ast.parse(self.file.read_bytes()).body
        except (OSError, SyntaxError, ValueError):
            return 1
        found = [
            one.lineno
            for one in statements
            if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == self.exercise
        ]
        return found[-1] if found else 1
