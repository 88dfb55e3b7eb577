"""A failure as CI systems show it: the check, the line in the student's file, and the message."""

from __future__ import annotations

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
        file: the student's file. It is only named, never opened.
        message: what the student reads.
        defined_at: line of the definition in the file.

    """

    exercise: str
    check: str
    file: Path
    message: str
    defined_at: int = 1

    @property
    def title(self) -> str:
        """Names of exercise and check."""
        return f"{self.exercise}: {self.check}"

    def path_from(self, root: Path) -> str:
        """Return the file's path relative to a repository's root, with slashes on all systems."""
        return os.path.relpath(self.file, root).replace(os.sep, "/")

    @property
    def line(self) -> int:
        """The line that raised an exception; else that of the definition."""
        name = re.escape(self.file.name)
        lines = re.findall(rf"^{name}, line (\d{{1,7}})\b", self.message, re.MULTILINE)
        return int(lines[-1]) if lines else self.defined_at
