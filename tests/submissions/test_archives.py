"""Reading submissions from archives: ordinary ones, and traps."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from grader.submissions import Submission, Unreadable, alone, collect, limits, read

if TYPE_CHECKING:
    from pathlib import Path

Pack = Callable[[dict[str, bytes]], bytes]
MODULES = frozenset(["mlp"])


def reading(path: Path, data: bytes) -> Submission:
    path.write_bytes(data)
    return read(collect(alone("alice", path), MODULES))


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def special(kind: bytes, **more: str) -> tarfile.TarInfo:
    """A tar member called `mlp.py` that is not a regular file."""
    info = tarfile.TarInfo("mlp.py")
    info.type = kind
    info.linkname = more.get("target", "")
    return info


PACKERS = pytest.mark.parametrize(
    ("name", "pack"),
    [("a.zip", zipped), ("a.tar.gz", tarred), ("a.TGZ", tarred)],
    ids=["zip", "tar.gz", "TGZ"],
)


@PACKERS
def test_an_archive_reads_like_the_folder_it_was_made_of(tmp_path: Path, name: str, pack: Pack) -> None:
    data = pack({"hw/mlp.py": b"x = 1", "hw/notes.py": b"y", "mlp.txt": b"no"})
    files = [(file.path, file.module, file.cells[0].source) for file in reading(tmp_path / name, data).files]
    assert files == [("hw/mlp.py", "mlp", "x = 1"), ("hw/notes.py", None, "y")]


@PACKERS
def test_what_tools_leave_behind_in_an_archive_is_ignored(tmp_path: Path, name: str, pack: Pack) -> None:
    files = {"__MACOSX/hw/._mlp.py": b"\0", "hw/.ipynb_checkpoints/mlp.py": b"x", "./hw//part.py": b"x"}
    assert [file.path for file in reading(tmp_path / name, pack(files)).files] == ["hw/part.py"]


@PACKERS
def test_folders_that_no_student_wrote_are_passed_over_before_files_are_counted(
    tmp_path: Path, name: str, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILES", 2)
    folders = ("venv/lib", "py311/lib", "lib/site-packages", "runs/1", "data/FashionMNIST", ".git/hooks")
    clutter = {f"hw/{folder}/mlp.py": b"x" for folder in folders}
    own = {"hw/work/mlp.py": b"x = 1", "hw/data/loader.py": b"y"}
    submission = reading(tmp_path / name, pack({**clutter, "hw/py311/pyvenv.cfg": b"", **own}))
    assert [file.path for file in submission.files] == ["hw/work/mlp.py", "hw/data/loader.py"]
    assert submission.passed_over == (
        "hw/venv holds installed packages.",
        "hw/py311 is a virtual environment.",
        "hw/lib/site-packages holds installed packages.",
        "hw/runs holds checkpoints and logs.",
        "hw/data/FashionMNIST holds data.",
    )


@PACKERS
def test_archives_in_an_archive_are_named(tmp_path: Path, name: str, pack: Pack) -> None:
    submission = reading(tmp_path / name, pack({"mlp.py": b"x", "hw/old.zip": zipped({"mlp.py": b"x"})}))
    assert submission.passed_over == ("hw/old.zip was not opened: it is an archive inside the submission.",)


@PACKERS
@pytest.mark.parametrize("path", ["../mlp.py", "hw/../../mlp.py", "/etc/mlp.py", "C:\\mlp.py", "..\\mlp.py"])
def test_a_path_that_leaves_the_archive_makes_it_unreadable(
    tmp_path: Path, name: str, pack: Pack, path: str
) -> None:
    with pytest.raises(Unreadable, match="a path outside itself"):
        reading(tmp_path / name, pack({"part.py": b"x", path: b"x"}))


@PACKERS
def test_an_archive_without_python_is_unreadable(tmp_path: Path, name: str, pack: Pack) -> None:
    with pytest.raises(Unreadable, match="no Python in it"):
        reading(tmp_path / name, pack({"inner.zip": zipped({"mlp.py": b"x"})}))


@PACKERS
def test_a_file_too_large_costs_only_itself(tmp_path: Path, name: str, pack: Pack) -> None:
    submission = reading(tmp_path / name, pack({"a.py": b"#" * (limits.SOURCE + 1), "b.py": b"x"}))
    assert [file.path for file in submission.files] == ["b.py"]
    assert submission.passed_over == ("a.py: The file is larger than 1 MB.",)


@PACKERS
def test_what_exceeds_the_content_of_an_archive_costs_only_itself(
    tmp_path: Path, name: str, pack: Pack
) -> None:
    """Three notebooks within their own limit, which together exceed that of a submission."""
    large = b'{"cells": [{"cell_type": "code", "source": "x"}]}'.ljust(limits.NOTEBOOK)
    submission = reading(tmp_path / name, pack({f"{number}.ipynb": large for number in range(3)}))
    assert [file.path for file in submission.files] == ["0.ipynb", "1.ipynb"]
    assert submission.passed_over == (
        "2.ipynb: It was passed over: 100 MB of one submission are read in total.",
    )


@PACKERS
def test_the_number_of_members_is_limited(tmp_path: Path, name: str, pack: Pack) -> None:
    with pytest.raises(Unreadable, match="more than 20000 files"):
        reading(tmp_path / name, pack({f"{number}.txt": b"" for number in range(limits.MEMBERS + 1)}))


@PACKERS
def test_a_damaged_archive_is_unreadable(tmp_path: Path, name: str, pack: Pack) -> None:
    data = pack({"mlp.py": b"x = 1\n" * 1000})
    with pytest.raises(Unreadable, match="Create the archive again"):
        reading(tmp_path / name, data[: len(data) // 2])


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz"])
@pytest.mark.parametrize("data", [b"", b"PK", b"\x1f\x8b", b"Rar!\x1a\x07", b"\0" * 2048])
def test_what_is_no_archive_is_unreadable(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(Unreadable):
        reading(tmp_path / name, data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"Rar!\x1a\x07\x00", "It is a RAR archive, which is not opened"),
        ("a.tgz", zipped({"mlp.py": b"x"}), "It is a zip archive, but its name ends in .tar.gz"),
        ("a.zip", tarred({"mlp.py": b"x"}), "Rename it to end in .tar.gz"),
        ("a.zip", b"\n<!DOCTYPE html>", "It is a web page"),
        ("a.zip", b"", "the file is empty"),
    ],
    ids=["rar", "zip", "gzip", "web page", "nothing"],  # the bytes of some hold the time
)
def test_an_archive_that_is_something_else_says_what_it_is(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        reading(tmp_path / name, data)


def test_data_in_a_tar_archive_may_not_unpack_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNPACKED", 1 << 20)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        reading(tmp_path / "a.tgz", tarred({"train.bin": b"\0" * (2 << 20), "mlp.py": b"x"}))


def test_links_and_devices_in_a_tar_archive_are_ignored(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            archive.addfile(special(kind, target="/etc/passwd"))
        for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            archive.addfile(special(kind))
    with pytest.raises(Unreadable, match="no Python in it"):
        reading(tmp_path / "a.tgz", buffer.getvalue())


def test_a_link_in_a_zip_archive_is_ignored(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("mlp.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Unreadable, match="no Python in it"):
        reading(tmp_path / "a.zip", buffer.getvalue())


def test_an_encrypted_zip_archive_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"mlp.py": b"x = 1"}))
    data[6] |= 1  # the flag in the file's own header,
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    with pytest.raises(Unreadable, match="without a password"):
        reading(tmp_path / "a.zip", bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_unpack_without_a_limit_are_refused(tmp_path: Path, method: int) -> None:
    with pytest.raises(Unreadable, match="unusual compression"):
        reading(tmp_path / "a.zip", zipped({"mlp.py": b"x"}, method))


def test_a_zip_archive_that_lies_about_its_sizes_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    """The directory says 5 bytes; what is stored would unpack to 30 MB."""
    data = bytearray(zipped({"mlp.py": b" " * (30 << 20)}))
    size = (30 << 20).to_bytes(4, "little")
    data = data.replace(size, (5).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match="damaged"):
        reading(tmp_path / "a.zip", bytes(data))


def test_an_extended_tar_header_may_not_keep_the_parser_busy(tmp_path: Path) -> None:
    """Python searches it with an expression that takes quadratic time for many digits."""
    header = tarfile.TarInfo("pax")
    header.type = tarfile.XHDTYPE
    header.size = 1 << 20
    data = gzip.compress(header.tobuf(tarfile.USTAR_FORMAT) + b"1" * header.size + b"\0" * 1024)
    start = time.monotonic()
    with pytest.raises(Unreadable):
        reading(tmp_path / "a.tgz", data)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_negative_size_in_a_tar_header_ends_the_reading(tmp_path: Path, kind: bytes) -> None:
    """It can send Python's reader back, to read the same header for ever."""
    header = tarfile.TarInfo("mlp.py")
    header.type = kind
    header.size = -512
    with pytest.raises(Unreadable):
        reading(tmp_path / "a.tgz", gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + b"\0" * 1024))


def test_a_negative_size_in_an_extended_header_ends_the_reading(tmp_path: Path) -> None:
    member = tarfile.TarInfo("mlp.py")
    member.pax_headers = {"size": "-1024"}
    with pytest.raises(Unreadable):
        reading(tmp_path / "a.tgz", gzip.compress(member.tobuf(tarfile.PAX_FORMAT) + b"\0" * 1024))


def test_a_chain_of_long_names_ends_the_reading(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type = tarfile.GNUTYPE_LONGNAME
    header.size = 1
    block = header.tobuf(tarfile.GNU_FORMAT) + b"x".ljust(512, b"\0")
    with pytest.raises(Unreadable):
        reading(tmp_path / "a.tgz", gzip.compress(block * 3000))
