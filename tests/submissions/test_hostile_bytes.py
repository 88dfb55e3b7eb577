"""Whatever the bytes: a submission, or a reason for the student; never another exception."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.submissions import Submission, Unreadable, alone, collect, read

if TYPE_CHECKING:
    from pathlib import Path

hostile = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "code"])
            | st.text(max_size=3),
            inner | st.just("code"),
            max_size=4,
        )
    ),
    max_leaves=20,
)


def sound_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("hw/mlp.py", "x = 1\n" * 20)
        archive.writestr("hw/notes.ipynb", "{}")
    return buffer.getvalue()


def sound_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("hw/mlp.py", "hw/" + "long" * 60 + ".py", "hw/민수.ipynb"):
            info = tarfile.TarInfo(name)
            info.size = 6
            archive.addfile(info, io.BytesIO(b"x = 1\n"))
    return buffer.getvalue()


def damaged(sound: bytes) -> st.SearchStrategy[bytes]:
    """`sound` with some of its bytes changed, and sometimes cut short."""

    def damage(changes: list[tuple[int, int]], length: int) -> bytes:
        data = bytearray(sound)
        for position, value in changes:
            data[position] = value
        return bytes(data[:length])

    changes = st.lists(st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)), min_size=1, max_size=8)
    return st.builds(damage, changes, st.just(len(sound)) | st.integers(0, len(sound)))


def reads_or_says_why(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        submission = read(collect(alone("alice", path), ["mlp"]))
    except Unreadable:
        return
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(submission), type=Submission) == submission


@hostile
@pytest.mark.parametrize("suffix", [".py", ".ipynb", ".zip", ".tgz", ".tar.gz", ".rar"])
@given(data=st.binary(max_size=2000))
def test_arbitrary_bytes_are_read_or_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    reads_or_says_why(tmp_path / f"a{suffix}", data)


@hostile
@given(encoding=st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.", max_size=20), rest=st.binary(max_size=50))
def test_any_declared_encoding_is_followed_or_refused(tmp_path: Path, encoding: str, rest: bytes) -> None:
    reads_or_says_why(tmp_path / "a.py", b"# coding: " + encoding.encode() + b"\n" + rest)


@hostile
@given(value=json_values)
def test_any_json_is_read_or_refused(tmp_path: Path, value: object) -> None:
    reads_or_says_why(tmp_path / "a.ipynb", json.dumps(value).encode())


@hostile
@given(data=damaged(sound_zip()))
def test_a_damaged_zip_archive_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    reads_or_says_why(tmp_path / "a.zip", data)


@hostile
@given(data=damaged(sound_tar()))
def test_a_damaged_tar_archive_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    reads_or_says_why(tmp_path / "a.tgz", gzip.compress(data, 1))
