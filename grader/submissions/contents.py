"""The files of a submission as bytes, without what no student wrote."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

from grader.submissions import limits
from grader.submissions.errors import Unreadable
from grader.submissions.naming import is_ignored, suffix_of

Pick = Callable[[list[str]], Collection[str]]
"""Of all candidates' paths, those to be read."""

Contents = Mapping[str, bytes | Unreadable]
"""Bytes by path; where one file can't be read, why not. A broken file costs nothing beyond itself."""


def read_file(path: Path, limit: int, *, follow: bool) -> bytes:
    """The bytes of a regular file; never waits on a pipe, never opens a device.

    Raises:
        Unreadable: it is too large or no regular file.
        OSError: it vanished or may not be read: the grader's trouble, not the student's.
    """
    no_follow = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    no_wait = getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | no_wait | no_follow)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable("This is no regular file. Hand in a .py file, a notebook, a folder or a .zip.")
        return read_at_most(file, limit)


def read_at_most(file: IO[bytes], limit: int) -> bytes:
    """All that `file` holds, or `Unreadable` where it is more than `limit` bytes."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"The file is larger than {limits.in_words(limit)}.")
    return data


def read_folder(folder: Path, pick: Pick) -> Contents:
    """The picked files of a folder, links left out.

    Raises:
        Unreadable: the folder holds too much.
        OSError: a file or folder vanished or may not be read.
    """
    found = {path.relative_to(folder).as_posix(): path for path in _walk(folder, is_source)}
    contents: dict[str, bytes | Unreadable] = {}
    room = limits.CONTENT
    for name in pick(list(found)):
        try:
            contents[name] = read_file(found[name], limits.of_file(name), follow=False)
        except Unreadable as unreadable:
            contents[name] = unreadable
        room = room_after(room, contents[name])
    return contents


def room_after(room: int, content: bytes | Unreadable) -> int:
    """The room that is left after `content`; `Unreadable` where there is none."""
    room -= len(content) if isinstance(content, bytes) else 0
    if room < 0:
        raise Unreadable(f"Its Python files and notebooks are more than {limits.in_words(limits.CONTENT)}.")
    return room


def source_path(name: str) -> str | None:
    """A path in an archive, tidied; None where it is no Python file or where no student's work lies.

    Raises:
        Unreadable: the path leads out of the submission.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name) or ".." in parts:
        raise Unreadable(f"It names a file outside itself ({printable(name)[:80]}). Pack the folder anew.")
    if not parts or any(is_ignored(part) for part in parts):
        return None
    return "/".join(parts) if is_source(parts[-1]) else None


def is_source(name: str) -> bool:
    """Whether a file of this name is Python or a notebook, and no tool left it behind."""
    return name.lower().endswith((".py", ".ipynb")) and not is_ignored(name)


def is_archive(name: str) -> bool:
    """Whether a file of this name is an archive that can be read."""
    return suffix_of(name) in {".zip", ".tar.gz", ".tgz"} and not is_ignored(name)


def printable(text: str) -> str:
    """`text` with what can't be shown, or could confuse a terminal, replaced by question marks."""
    return "".join(character if character.isprintable() else "?" for character in text)


def too_many_members() -> Unreadable:
    """The answer to an archive or a folder with too many entries."""
    return Unreadable(f"It holds more than {limits.MEMBERS} files. Hand in only the assignment.")


def archives_in(folder: Path) -> list[Path]:
    """The archives in a folder, links left out. Raises as `read_folder`."""
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
