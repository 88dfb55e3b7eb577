"""What CI systems are told of a failure: the check, the student's own line, and what there is to read."""

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
    """A check that failed by itself, and what its student reads."""

    exercise: str
    check: str
    file: Path
    said: str

    @property
    def title(self) -> str:
        """The exercise and the check."""
        return f"{self.exercise}: {self.check}"

    def path_from(self, root: Path) -> str:
        """Return where the file is, as seen from a repository's root, with slashes on any system."""
        return os.path.relpath(self.file, root).replace(os.sep, "/")

    @property
    def line(self) -> int:
        """The line that an exception came through last; else that of the definition; else the first."""
        lines = re.findall(rf"^{re.escape(self.file.name)}, line (\d+)", self.said, re.MULTILINE)
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
