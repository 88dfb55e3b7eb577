"""The temporary folder of a run: the last process of the run that ends removes it, however it ended.

The run and its workers hold a shared lock on a file in the folder. Linux releases the lock of a process that
ends, also of one that is killed. So who finds the folder unlocked may remove it: the last of these processes,
or else the next run.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.sandbox.folders import empty_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "gradbook-"
LOCK: Final = "lock"
CONTENT: Final = "tmp"


class RunFolder:
    """One process's hold on the temporary folder of its run.

    Args:
        path: the folder.
        lock: the descriptor of its lock file, with a shared lock.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock: int | None = lock

    def leave(self) -> None:
        """Give up the hold, and remove the folder if nobody else has one. A second call does nothing."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        try:
            _remove_if_unused(self.path, lock)
        finally:
            os.close(lock)


@contextlib.contextmanager
def created() -> Iterator[RunFolder]:
    """Provide the folder of a new run; remove those of runs of this user that were killed before.

    Raises `OSError` if there is no room for it.
    """
    remove_abandoned(Path(tempfile.gettempdir()))
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    content(path).mkdir()
    # Locked first and named then: a lock file that is there and not locked has been abandoned.
    unnamed = path / f"{LOCK}.new"
    lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    unnamed.rename(path / LOCK)
    folder = RunFolder(path, lock)
    try:
        yield folder
    finally:
        folder.leave()


@contextlib.contextmanager
def joined(path: Path) -> Iterator[RunFolder]:
    """Provide the folder of the run that this process works for. Raises `OSError` if it is gone."""
    lock = os.open(path / LOCK, os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_SH)
    folder = RunFolder(path, lock)
    try:
        yield folder
    finally:
        folder.leave()


def content(path: Path) -> Path:
    """Return the folder for temporary files in a run's folder."""
    return path / CONTENT


def remove_abandoned(parent: Path) -> None:
    """Remove the folders of runs of this user whose processes have all ended."""
    for path in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
                continue
            lock = os.open(path / LOCK, os.O_RDWR | os.O_NOFOLLOW)
            try:
                _remove_if_unused(path, lock)
            finally:
                os.close(lock)


def _remove_if_unused(path: Path, lock: int) -> None:
    """Remove a run's folder, unless another process has a lock on it. What can't be removed is left."""
    with contextlib.suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        empty_folder(content(path))
        content(path).rmdir()
        (path / LOCK).unlink()
        path.rmdir()
