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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.submissions import limits
from grader.submissions.choosing import choose, not_opened
from grader.submissions.contents import Budget, bounded, shown, too_many_members
from grader.submissions.errors import LINK, SPECIAL, NoCode, Unreadable
from grader.submissions.records import HandIn, RawFile
from grader.submissions.walking import FOLDER, opened, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from grader.submissions.contents import Parts
    from grader.submissions.finding import Entry
    from grader.submissions.records import Part

READING: Final = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
)
"""How to open a file: opening a pipe doesn't wait for its other end."""
SHOWN: Final = 3
"""Files that a message names."""
HAND_IN_CODE: Final = "Hand in a .py file, a notebook (.ipynb), a folder, a .zip, .tar.gz or .tgz."
_STUDENTS_FAULTS: Final = {errno.ELOOP: LINK, errno.ENXIO: SPECIAL, errno.ENODEV: SPECIAL}


def collect(entry: Entry, modules: Collection[str]) -> HandIn:
    """Return what was handed in.

    Raises:
        Unreadable: it can't be read, through the student's fault; `NoCode`, if there is no code in it.
        OSError: it has vanished or may not be read.
    """
    found = _Found.of(entry.parts)
    files = tuple(found.read(modules))
    return HandIn(
        modules=tuple(sorted(modules)),
        files=files,
        is_folder=found.is_folder,
        passed_over=bounded(found.passed_over),
        sha256=_digest(files),
    )


def fingerprint(entry: Entry, modules: Collection[str]) -> str:
    """Return the `sha256` of `collect`, holding no more than one file at a time. Raises as it does."""
    return _digest(_Found.of(entry.parts).read(modules))


def read_file(path: os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a regular file; links are followed. Never waits on a pipe or opens a device.

    Raises:
        Unreadable: it is larger than `limit` bytes, or not a regular file.
        OSError: it has vanished or may not be read.
    """
    descriptor = os.open(path, READING)
    try:
        return _content(descriptor, limit, Budget())
    finally:
        os.close(descriptor)


def read_below(folder: int, parts: Parts, limit: int) -> bytes:
    """Return the bytes of a regular file below an open folder; no link is followed. Raises as `read_file`."""
    with opened(folder, parts, READING) as descriptor:
        return _content(descriptor, limit, Budget())


@dataclass(frozen=True, slots=True)
class _Source:
    """A file of a submission, and the way to it: the part that it is, or that it is below."""

    part: Part
    below: Parts = ()

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """Open the file in the block. Raises `Unreadable` or `OSError`."""
        with _opened(self.part) as descriptor:
            if not self.below:
                yield descriptor
                return
            with opened(descriptor, self.below, READING) as file:
                yield file


@dataclass(frozen=True, slots=True)
class _Found:
    """The files of a submission, by their paths in it. One file that was handed in alone is no folder."""

    files: dict[Parts, _Source]
    is_folder: bool
    passed_over: list[str]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Found:
        """Return what was handed in; of several parts, one that can't be read costs only itself.

        Raises:
            Unreadable: none of it can be read, through the student's fault.
            OSError: something has vanished or may not be read.
        """
        found = cls({}, len(parts) > 1, [])
        problems = []
        for part in parts:
            try:
                found = found.with_part(part)
            except Unreadable as unreadable:
                problems.append(unreadable)
                found.passed_over.append(f"{shown(part.name or part.path.name)}: {unreadable.reason}")
        if len(problems) == len(parts):
            raise problems[0]
        if len(found.files) > limits.ENTRIES:
            raise too_many_members()
        return found

    def with_part(self, part: Part) -> _Found:
        """Return this with the files of one more part. Raises `Unreadable` or `OSError`."""
        name = tuple(part.name.split("/")) if part.name else ()
        with _opened(part) as descriptor:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                file = {name or (part.path.name,): _Source(part)}
                return _Found(self.files | file, self.is_folder, self.passed_over)
            listing = walk(descriptor)
        files = {(*name, *below): _Source(part, below) for below in listing.files}
        return _Found(self.files | files, is_folder=True, passed_over=self.passed_over + listing.passed_over)

    def read(self, modules: Collection[str]) -> Iterator[RawFile]:
        """Yield the files to collect, each read when it is asked for; add to what is passed over.

        Those are the sources, section modules first; where there are none, the archives.

        Raises:
            Unreadable: the only file can't be read; `NoCode`, if there is no code among the files.
            OSError: a file has vanished or may not be read.
        """
        choice = choose(self.files, modules)
        self.passed_over.extend(choice.passed_over)
        chosen = [*choice.sources, *choice.written] or choice.archives[: limits.FILES]
        if choice.sources and self.is_folder:
            self.passed_over.extend(not_opened(choice.archives))
        if not chosen:
            raise NoCode(_nothing(list(self.files), self.passed_over))
        budget = Budget()
        for parts in chosen:
            yield _raw_file(parts, self.files[parts], budget, is_alone=not self.is_folder)


def _nothing(files: Sequence[Parts], passed_over: Sequence[str]) -> str:
    """Return that there is no code among these files."""
    names = ", ".join(shown("/".join(parts)) for parts in files[:SHOWN])
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    only = f", only {names}{more}." if files else ": neither a .py file nor a notebook."
    return " ".join([f"There is no Python in it{only}", *passed_over[:SHOWN], HAND_IN_CODE])[: limits.REASON]


@contextlib.contextmanager
def _opened(part: Part) -> Iterator[int]:
    """Open a file or folder in the block; only the path that the instructor named may be a link.

    Raises:
        Unreadable: it can't be read, through the student's fault.
        OSError: it has vanished or may not be read.
    """
    if part.problem:
        raise Unreadable(part.problem)
    with contextlib.ExitStack() as resources:
        try:
            descriptor = os.open(part.given, FOLDER if part.below else READING)
            resources.callback(os.close, descriptor)
            if part.below:
                descriptor = resources.enter_context(opened(descriptor, part.below, READING))
        except OSError as error:
            if error.errno in _STUDENTS_FAULTS:
                raise Unreadable(_STUDENTS_FAULTS[error.errno]) from error
            raise
        yield descriptor


def _raw_file(parts: Parts, source: _Source, budget: Budget, *, is_alone: bool) -> RawFile:
    """Return a file's bytes, or why they can't be read. Raises `Unreadable` of a file that is alone."""
    path = os.fsencode("/".join(parts))
    try:
        with source.opened() as descriptor:
            return RawFile(path, _content(descriptor, limits.of_file(parts[-1]), budget))
    except Unreadable as unreadable:
        if is_alone:
            raise
        return RawFile(path, b"", unreadable.reason)


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
