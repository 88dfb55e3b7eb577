"""Collect the bytes of what was handed in, chosen by names only: the reader makes sense of them.

This runs in the grading process. So nothing is decoded, unpacked or parsed here, no link is followed below
the paths that the instructor gave, and the number and size of files are bounded.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING, Final

from grader.submissions import limits
from grader.submissions.choosing import choose, not_opened
from grader.submissions.contents import Budget, bounded, is_archive, is_source
from grader.submissions.errors import LINK, SPECIAL, Unreadable
from grader.submissions.records import HandIn, RawFile
from grader.submissions.walking import opened, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from grader.submissions.contents import Parts
    from grader.submissions.finding import Entry

_READ: Final = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
)
"""Opening a pipe doesn't wait for its other end."""
_STUDENTS_FAULTS: Final = {errno.ELOOP: LINK, errno.ENXIO: SPECIAL, errno.ENODEV: SPECIAL}


def collect(entry: Entry, modules: Collection[str]) -> HandIn:
    """Return what was handed in.

    Raises:
        Unreadable: it can't be read, through the student's fault.
        OSError: it has vanished or may not be read.
    """
    passed_over: list[str] = []
    with _opened(entry) as descriptor:
        files = tuple(_raw_files(descriptor, entry.path.name, modules, passed_over))
        return HandIn(
            modules=tuple(sorted(modules)),
            files=files,
            is_folder=_is_folder(descriptor),
            passed_over=bounded(passed_over),
            sha256=_digest(files),
        )


def fingerprint(entry: Entry, modules: Collection[str]) -> str:
    """Return the `sha256` of `collect`, holding no more than one file at a time. Raises as it does."""
    with _opened(entry) as descriptor:
        return _digest(_raw_files(descriptor, entry.path.name, modules, []))


def read_file(path: os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a regular file; links are followed. Never waits on a pipe or opens a device.

    Raises:
        Unreadable: it is larger than `limit` bytes, or not a regular file.
        OSError: it has vanished or may not be read.
    """
    descriptor = os.open(path, _READ)
    try:
        return _content(descriptor, limit, Budget())
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _opened(entry: Entry) -> Iterator[int]:
    """Open the file or folder of an entry; only one that the instructor named may be a link."""
    if entry.problem:
        raise Unreadable(entry.problem)
    try:
        descriptor = os.open(entry.path, _READ if entry.is_given else _READ | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in _STUDENTS_FAULTS:
            raise Unreadable(_STUDENTS_FAULTS[error.errno]) from error
        raise
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def _raw_files(
    descriptor: int, name: str, modules: Collection[str], passed_over: list[str]
) -> Iterator[RawFile]:
    """Yield the files of a submission, each read when it is asked for; add to what is passed over."""
    if _is_folder(descriptor):
        listing = walk(descriptor)
        passed_over += listing.passed_over
        budget = Budget()
        for parts in _chosen(listing.files, modules, passed_over):
            yield _raw_file(descriptor, parts, budget)
    elif is_source(name) or is_archive(name):
        yield RawFile(os.fsencode(name), _content(descriptor, limits.of_file(name), Budget()))
    else:
        raise Unreadable("Hand in a .py file, a notebook (.ipynb), a folder, a .zip, .tar.gz or .tgz.")


def _chosen(files: list[Parts], modules: Collection[str], passed_over: list[str]) -> list[Parts]:
    """Return the files to collect: the sources, section modules first; where there are none, the archives."""
    choice = choose(files, modules)
    passed_over += choice.passed_over
    if not choice.sources:
        return choice.archives[: limits.FILES]
    passed_over += not_opened(choice.archives)
    return choice.sources


def _raw_file(folder: int, parts: Parts, budget: Budget) -> RawFile:
    path = os.fsencode("/".join(parts))
    try:
        with opened(folder, parts, _READ) as descriptor:
            data = _content(descriptor, limits.of_file(parts[-1]), budget)
    except Unreadable as unreadable:
        return RawFile(path, b"", unreadable.reason)
    return RawFile(path, data)


def _content(descriptor: int, limit: int, budget: Budget) -> bytes:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise Unreadable(SPECIAL)
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return budget.read(file, limit)


def _digest(files: Iterable[RawFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        for part in (file.path, file.data or file.problem.encode()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
