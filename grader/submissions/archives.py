"""Read zip and tar.gz archives in memory, with limits on everything."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final, cast

from grader.submissions import damage, limits
from grader.submissions.contents import (
    Budget,
    Contents,
    Parts,
    Select,
    member_path,
    too_many_members,
)
from grader.submissions.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Exceptions of Python's archive readers for invalid archives. OSError is one of them (for a bad gzip header);
# it can't come from the disk, since everything is in memory.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RecursionError,
)
BROKEN: Final = "This is not a {} archive, or it is damaged. Create the archive again."
_COMPRESSIONS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_ENCRYPTED = 0x1
_EXTENDED_HEADERS = frozenset(
    [
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    ]
)


def unzip(data: bytes, select: Select) -> Contents:
    """Yield the selected files of a zip archive. Raises `Unreadable` if it is invalid or exceeds a limit."""
    budget = Budget()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > limits.MEMBERS:
                raise too_many_members()
            members = {path: info for info in archive.infolist() if (path := _file_in_zip(info))}
            for path in select(members):
                yield path, _zip_member(archive, members[path], limits.of_file(path[-1]), budget)
    except _BROKEN as error:
        raise Unreadable(damage.wrong_format(data, ".zip") or BROKEN.format("zip")) from error


def untar(data: bytes, select: Select) -> Contents:
    """Yield the selected files of a tar.gz archive, in its order. Raises `Unreadable` as `unzip` does."""
    budget = Budget()
    try:
        selected = set(select([path for _, _, path in _tar_members(data)]))
        for archive, info, path in _tar_members(data):
            if path in selected and (file := archive.extractfile(info)):
                yield path, _read_member(file, limits.of_file(path[-1]), budget)
    except _BROKEN as error:
        raise Unreadable(damage.wrong_format(data, ".tar.gz") or BROKEN.format(".tar.gz")) from error


def _file_in_zip(info: zipfile.ZipInfo) -> Parts | None:
    # If the archive was created on Unix, the upper half of these bits is the file mode.
    if info.is_dir() or stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        return None
    return member_path(info.filename)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, budget: Budget
) -> bytes | Unreadable:
    if info.flag_bits & _ENCRYPTED:
        return Unreadable("The archive is encrypted. Create it without a password.")
    if info.compress_type not in _COMPRESSIONS:
        # Python reads the other ones without a limit, so a few kilobytes could fill the memory.
        return Unreadable("The archive uses an unusual compression method. Create an ordinary zip archive.")
    try:
        with archive.open(info) as file:
            return _read_member(file, limit, budget)
    except (*_BROKEN, RuntimeError):
        return Unreadable("The file is damaged in the archive. Create the archive again.")


def _read_member(file: IO[bytes], limit: int, budget: Budget) -> bytes | Unreadable:
    try:
        return budget.read(file, limit)
    except Unreadable as unreadable:
        return unreadable.with_traceback(None)  # whose frames hold what was read


def _tar_members(data: bytes) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo, Parts]]:
    """Yield the files in order. Read the content of each before requesting the next one."""
    stream = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(data)))
    # As a stream ("r|"), so that no member can make the reader go back and loop for ever.
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Member) as archive:
        for count, info in enumerate(archive):
            if count >= limits.MEMBERS:
                raise too_many_members()
            if info.isreg() and not info.issparse() and (path := member_path(info.name)):
                yield archive, info, path


class _Bounded:
    """A stream that raises `Unreadable` if it unpacks to more than the limit."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self._remaining = limits.UNPACKED

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._remaining -= len(data)
        if self._remaining < 0:
            largest = limits.in_words(limits.UNPACKED)
            raise Unreadable(f"Unpacked, it is larger than {largest}. Leave out data sets.")
        return data


class _Member(tarfile.TarInfo):
    """A member whose header is checked before Python's parser uses it."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.size < 0:
            raise tarfile.ReadError("negative size")
        if self.type in _EXTENDED_HEADERS:
            total_size = getattr(archive, "extended_headers", 0) + self.size
            archive.extended_headers = total_size  # type: ignore[attr-defined]
            if self.size > limits.TAR_HEADER or total_size > limits.TAR_HEADERS:
                raise tarfile.ReadError("extended headers too large")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return member
