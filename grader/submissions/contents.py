"""Read the files of a submission as bytes, without files that tools created."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

from grader.records.inert_text import inert_line
from grader.submissions import limits
from grader.submissions.errors import Unreadable
from grader.submissions.naming import is_ignored, suffix_of

Select = Callable[[list[str]], Collection[str]]
"""Given the paths of all candidates, returns those to be read."""

Contents = Mapping[str, bytes | Unreadable]
"""The bytes of each file by path, or why it can't be read. An unreadable file doesn't affect the others."""


def read_file(path: Path, limit: int, *, follow: bool) -> bytes:
    """Return the bytes of a regular file. Never waits on a pipe or opens a device.

    Raises:
        Unreadable: it is larger than `limit` bytes, or not a regular file.
        OSError: it has vanished or may not be read, which is not the student's fault.
    """
    no_follow = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    no_wait = getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | no_wait | no_follow)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(
                "This is not a regular file. Hand in a .py file, a notebook, a folder or a .zip."
            )
        return read_at_most(file, limit)


def read_at_most(file: IO[bytes], limit: int) -> bytes:
    """Return the content of `file`. Raises `Unreadable` if it is more than `limit` bytes."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"The file is larger than {limits.in_words(limit)}.")
    return data


def read_folder(folder: Path, select: Select) -> Contents:
    """Return the selected files of a folder, without links.

    Raises:
        Unreadable: the folder exceeds a limit.
        OSError: a file or folder has vanished or may not be read.
    """
    found = {path.relative_to(folder).as_posix(): path for path in _walk(folder, is_source)}
    contents: dict[str, bytes | Unreadable] = {}
    remaining = limits.CONTENT
    for name in select(list(found)):
        try:
            contents[name] = read_file(found[name], limits.of_file(name), follow=False)
        except Unreadable as unreadable:
            contents[name] = unreadable
        remaining = remaining_after(remaining, contents[name])
    return contents


def remaining_after(remaining: int, content: bytes | Unreadable) -> int:
    """Return how many bytes may still be read after `content`. Raises `Unreadable` if there are too many."""
    remaining -= len(content) if isinstance(content, bytes) else 0
    if remaining < 0:
        raise Unreadable(
            f"Its Python files and notebooks are larger than {limits.in_words(limits.CONTENT)} in total."
        )
    return remaining


def source_path(name: str) -> str | None:
    """Return the normalized path of a Python file in an archive; None for any other file.

    Raises:
        Unreadable: the path leads out of the submission.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name) or ".." in parts:
        raise Unreadable(
            f"It contains a path outside itself ({inert_line(name)[:80]}). Create the archive again."
        )
    if not parts or any(is_ignored(part) for part in parts):
        return None
    return "/".join(parts) if is_source(parts[-1]) else None


def is_source(name: str) -> bool:
    """Return whether a file of this name is a Python file or a notebook that a student wrote."""
    return name.lower().endswith((".py", ".ipynb")) and not is_ignored(name)


def is_archive(name: str) -> bool:
    """Return whether a file of this name is an archive of a supported format."""
    return suffix_of(name) in {".zip", ".tar.gz", ".tgz"} and not is_ignored(name)


def too_many_members() -> Unreadable:
    """Return the error for an archive or a folder with too many entries."""
    return Unreadable(f"It contains more than {limits.MEMBERS} files. Hand in only the assignment.")


def archives_in(folder: Path) -> list[Path]:
    """Return the archives in a folder, without links. Raises what `read_folder` raises."""
    return list(_walk(folder, is_archive))


def _walk(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
    seen = 0
    for root, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        seen += len(folders) + len(files)
        if seen > limits.MEMBERS:
            raise too_many_members()
        for name in sorted(files):
            path = Path(root, name)
            if wanted(name) and stat.S_ISREG(path.lstat().st_mode):
                yield path


def _raise(error: OSError) -> None:
    raise error
