"""Archives, read in memory, with a limit on everything: nothing is trusted, nothing extracted."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, cast

from grader.submissions import limits
from grader.submissions.contents import (
    Contents,
    Pick,
    read_at_most,
    room_after,
    source_path,
    too_many_members,
)
from grader.submissions.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Python's archive readers raise on bytes that are no archive. OSError is among them (a bad gzip header
# is one); it can't be the disk's, since all is in memory.
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


def unzip(data: bytes, pick: Pick) -> Contents:
    """The picked files of a zip archive. Raises `Unreadable` where it is none, or a trap."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > limits.MEMBERS:
                raise too_many_members()
            members = {name: info for info in archive.infolist() if (name := _file_in_zip(info))}
            contents: dict[str, bytes | Unreadable] = {}
            room = limits.CONTENT
            for name in pick(list(members)):
                contents[name] = _zip_member(archive, members[name], limits.of_file(name))
                room = room_after(room, contents[name])
            return contents
    except _BROKEN as error:
        raise Unreadable("This is not a zip archive, or a damaged one. Pack the folder anew.") from error


def untar(data: bytes, pick: Pick) -> Contents:
    """The picked files of a gzipped tar archive. Raises `Unreadable` where it is none, or a trap."""
    try:
        picked = pick([name for _, _, name in _tar_members(data)])
        contents: dict[str, bytes | Unreadable] = dict.fromkeys(picked, b"")  # keeps the order
        room = limits.CONTENT
        for archive, info, name in _tar_members(data):
            if name in contents and (file := archive.extractfile(info)):
                contents[name] = _read_member(file, limits.of_file(name))
                room = room_after(room, contents[name])
    except _BROKEN as error:
        raise Unreadable("This is no .tar.gz archive, or a damaged one. Pack the folder anew.") from error
    return contents


def _file_in_zip(info: zipfile.ZipInfo) -> str | None:
    # The upper half of these bits is Unix's file mode, where the archive was packed on Unix.
    if info.is_dir() or stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        return None
    return source_path(info.filename)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | Unreadable:
    if info.flag_bits & _ENCRYPTED:
        return Unreadable("The archive is encrypted. Pack it without a password.")
    if info.compress_type not in _COMPRESSIONS:
        # The readers of the other ones unpack without a limit, so that a few kilobytes could fill the memory.
        return Unreadable("The archive uses an unusual compression. Pack it as an ordinary zip.")
    try:
        with archive.open(info) as file:
            return _read_member(file, limit)
    except (*_BROKEN, RuntimeError):
        return Unreadable("The file is damaged in the archive. Pack the folder anew.")


def _read_member(file: IO[bytes], limit: int) -> bytes | Unreadable:
    try:
        return read_at_most(file, limit)
    except Unreadable as unreadable:
        return unreadable


def _tar_members(data: bytes) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo, str]]:
    """The Python files in order. The content of each is there only until the next one is asked for."""
    stream = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(data)))
    # As a stream ("r|"): no member can send the reader back and so keep it going round for ever.
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Member) as archive:
        for count, info in enumerate(archive):
            if count >= limits.MEMBERS:
                raise too_many_members()
            if info.isreg() and not info.issparse() and (name := source_path(info.name)):
                yield archive, info, name


class _Bounded:
    """A stream that ends in `Unreadable` where it unpacks to more than the limit."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self._room = limits.UNPACKED

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._room -= len(data)
        if self._room < 0:
            largest = limits.in_words(limits.UNPACKED)
            raise Unreadable(f"It unpacks to more than {largest}. Leave data sets out.")
        return data


class _Member(tarfile.TarInfo):
    """A member whose header is looked at before Python's parser follows it."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.size < 0:
            raise tarfile.ReadError("negative size")
        if self.type in _EXTENDED_HEADERS:
            spent = getattr(archive, "extended_headers", 0) + self.size
            archive.extended_headers = spent  # type: ignore[attr-defined]
            if self.size > limits.TAR_HEADER or spent > limits.TAR_HEADERS:
                raise tarfile.ReadError("extended headers too large")
        member: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return member
