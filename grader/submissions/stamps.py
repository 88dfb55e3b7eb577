"""Whether something that was handed in has changed, told by names, sizes and times: no file is opened."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from grader.submissions import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.submissions.records import Part


class Stamp(NamedTuple):
    """What changes if a file is added, removed, renamed or written.

    Args:
        newest: the time of the latest change to a file, in seconds since the epoch; 0 if nothing is there.
        digest: a hash of all names, sizes and times.
    """

    newest: float
    digest: str


def stamp(parts: Sequence[Part]) -> Stamp:
    """Return the stamp of what was handed in. What can't be looked at is left out; links are not followed."""
    digest, newest = hashlib.sha256(), 0
    for part in parts:
        for path in itertools.islice(_files(part.path), limits.ENTRIES):
            with contextlib.suppress(OSError, ValueError):  # it has vanished, or its name is no name
                found = path.lstat()
                newest = max(newest, found.st_mtime_ns)
                line = f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\n"
                digest.update(os.fsencode(line))
    return Stamp(newest / 1e9, digest.hexdigest())


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or what is in a folder, in the order of names."""
    try:
        is_folder = stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):
        return
    if not is_folder:
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders.sort()
        yield from (path / folder / name for name in sorted(files))
