"""Files of a submission: which ones are read, and how their names and contents are bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO, Final

from grader.records.inert_text import inert_line
from grader.submissions import limits
from grader.submissions.errors import Unreadable
from grader.submissions.naming import ARCHIVES, is_ignored, suffix_of

WRITTEN: Final = "answers.md"
"""The name of a file with answers in words."""
Parts = tuple[str, ...]
"""A path below the submission, by its components."""

Select = Callable[[Collection[Parts]], Collection[Parts]]
"""Given the paths of all files, returns those to be read."""

Contents = Iterator[tuple[Parts, bytes | Unreadable]]
"""The path of each file with its bytes, or why it can't be read: that doesn't affect the others."""


def read_at_most(file: IO[bytes], limit: int) -> bytes:
    """Return the content of `file`. Raises `Unreadable` if it is more than `limit` bytes."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"The file is larger than {limits.in_words(limit)}.")
    return data


class Budget:
    """How many bytes may still be read from one submission: what exceeds them costs only itself."""

    def __init__(self) -> None:
        self.remaining = limits.CONTENT

    def read(self, file: IO[bytes], limit: int) -> bytes:
        """Return the content of `file`. Raises `Unreadable` if it or all files together are too large."""
        if self.remaining > 0:
            try:
                data = read_at_most(file, limit)
            except Unreadable:
                self.remaining -= limit
                raise
            self.remaining -= len(data)
            if self.remaining >= 0:
                return data
        largest = limits.in_words(limits.CONTENT)
        raise Unreadable(f"It was passed over: {largest} of one submission are read in total.")


def member_path(name: str) -> Parts | None:
    """Return the path of a file in an archive; None for what tools left behind, or if it is too deep.

    Raises:
        Unreadable: the path leads out of the submission.
    """
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in {"", "."})
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name) or ".." in parts:
        raise Unreadable(f"It contains a path outside itself ({shown(name)}). Create the archive again.")
    if not parts or len(parts) > limits.DEPTH or any(is_ignored(part) for part in parts):
        return None
    return parts


def is_source(name: str) -> bool:
    """Return whether a file of this name is a Python file or a notebook that a student wrote."""
    return name.lower().endswith((".py", ".ipynb")) and not is_ignored(name)


def is_written(name: str) -> bool:
    """Return whether a file of this name holds answers in words."""
    return name.lower() == WRITTEN


def is_archive(name: str) -> bool:
    """Return whether a file of this name is an archive of a supported format."""
    return suffix_of(name) in ARCHIVES and not is_ignored(name)


def shown(path: str) -> str:
    """Return a path or a name as it is shown: without active characters, and only its end if it is long."""
    tail = inert_line(path[-limits.NAME :])
    return tail if len(path) <= limits.NAME else "…" + tail[1:]


def bounded(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return as many sentences about what was passed over as are shown."""
    if len(sentences) <= limits.PASSED_OVER:
        return tuple(sentences)
    return (*sentences[: limits.PASSED_OVER - 1], "More than that was passed over.")


def too_many_members() -> Unreadable:
    """Return the error for an archive or a folder with too many entries."""
    return Unreadable(f"It contains more than {limits.MEMBERS} files. Hand in only the assignment.")
