"""Which attempt a submission is: what was handed in under its name so far, in order.

Everybody's k-th different attempt sits exam k of the run. What was handed in before keeps its number, so that
it gets the same inputs again. `submissions/<name>/attempts.json` holds the hashes; it is written before an
attempt is graded, so that a run that is killed doesn't lose it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from grader.reporting import report
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "attempts.json"
UNKNOWN: Final = ""
"""In the place of an attempt of which only the number is known."""


class AttemptsFile(msgspec.Struct, frozen=True):
    """The content of `attempts.json`: the hash of each different content, the first one first."""

    schema: int
    contents: tuple[str, ...]


class Attempts:
    """The attempts at all submissions of an output folder.

    Args:
        folder: the folder with a folder for each submission.

    Attributes:
        unreadable: the files that can't be read. Their attempts are numbered on from the last report.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unreadable: list[Path] = []

    def number(self, name: str, content: str) -> int:
        """Return the number of an attempt, from 1. Raises `OSError` if a new one can't be written down.

        Args:
            name: the submission.
            content: the hash of what was handed in.

        """
        contents = self._known(name)
        if content not in contents:
            contents = (*contents, content)
            folder = self.folder / name
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / FILE, msgspec.json.encode(AttemptsFile(1, contents)) + b"\n", mode=PRIVATE)
        return contents.index(content) + 1

    def _known(self, name: str) -> tuple[str, ...]:
        path = self.folder / name / FILE
        try:
            return msgspec.json.decode(path.read_bytes(), type=AttemptsFile).contents
        except FileNotFoundError:
            pass
        except (OSError, msgspec.MsgspecError):
            self.unreadable.append(path)
        last = report.read(self.folder / name)
        if last is None or not last.exam:
            return ()
        return (UNKNOWN,) * (last.exam - 1) + (last.content,)
