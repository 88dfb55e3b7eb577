"""Submissions are read by a confined process; what it can't do in its limits is told to the student."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.grading import reader_session
from grader.grading.reader_session import READER, READER_ROLE, read_in_sandbox
from grader.sandbox import Limits, Role, Server, ServerFailed
from grader.submissions import HandIn, NotRead, RawFile, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = Limits(memory=128 << 20, cpu_seconds=3, processes=4, box=1 << 20)
SPY = '''
"""Entries of children that look around instead of reading, or do what a reader that was taken over might."""

import os
import time


def answers(channel):
    look(channel)


def look(channel):
    channel.receive()
    course = os.environ["GRADBOOK_COURSE"]
    try:
        found = os.listdir(course)
    except OSError as error:
        found = [type(error).__name__]
    channel.send(repr(found).encode())


def noise(channel):
    channel.receive()
    channel.send(b"\\xc1" * 100)


def flood(channel):
    channel.receive()
    channel.send(bytes(64 << 20))


def exits(channel):
    os._exit(7)


def spins(channel):
    while True:
        pass


def sleeps(channel):
    time.sleep(60)


def killed(channel):
    os.abort()


def grows(channel):
    kept = []
    while True:
        kept.append(bytearray(1 << 20))
'''
ROLES = ("look", "noise", "flood", "exits", "spins", "sleeps", "killed", "grows")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server that has the reader, and children that replace it."""
    spy = tmp_path_factory.mktemp("course") / "spy.py"
    spy.write_text(SPY)
    roles = {READER: READER_ROLE, "small": Role(READER_ROLE.entry, SMALL)}
    roles |= {name: Role(f"spy:{name}", SMALL) for name in ROLES}
    views = {"spy.py": spy}
    with Server(warm="time:time", entry="spy:answers", views=views, roles=roles) as running:
        yield running


def hand_in(name: str, data: bytes) -> bytes:
    return msgspec.msgpack.encode(HandIn(("mlp",), (RawFile(name.encode(), data),), is_folder=False))


def read_as(server: Server, monkeypatch: pytest.MonkeyPatch, role: str, payload: bytes = b"") -> object:
    """Read with a child of another role in place of the reader."""
    monkeypatch.setattr(reader_session, "READER", role)
    monkeypatch.setattr(reader_session, "READER_ROLE", server.roles[role])
    return read_in_sandbox(server, payload)


def reason(record: object) -> str:
    assert isinstance(record, NotRead)
    return record.reason


def test_a_file_is_read(server: Server) -> None:
    record = read_in_sandbox(server, hand_in("a.py", b"# coding: cp949\ndef relu(X):\n    return X\n"))
    assert isinstance(record, Submission)
    assert record.files[0].cells[0].source.startswith("# coding")
    assert record.definitions[0].location.line == 2


def test_a_student_hears_why_a_file_cannot_be_read(server: Server) -> None:
    assert "ends in the middle" in reason(read_in_sandbox(server, hand_in("a.ipynb", b"{")))


def test_the_reader_sees_no_course_and_other_children_do(server: Server) -> None:
    with server.fork() as child:
        child.send(b"", time.monotonic() + 30)
        assert child.receive(time.monotonic() + 30, 1000) == b"['spy.py']"
    with server.fork("look") as child:
        child.send(b"", time.monotonic() + 30)
        assert child.receive(time.monotonic() + 30, 1000) in {b"[]", b"['PermissionError']"}


def test_an_unterminated_string_of_escapes_is_read_at_once(server: Server) -> None:
    """A regular expression once took quadratic time for it: 4 MB would have taken minutes."""
    payload = hand_in("a.ipynb", b"," * 4_000_001 + b'"' + b'\\"' * 2_000_000)
    assert "broken JSON" in reason(read_in_sandbox(server, payload))


def test_values_that_need_more_memory_than_there_is_are_too_large(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = {"cell_type": "code", "source": "x = 1"}
    outputs = b"[" + b"[]," * 3_000_000 + b"0]"
    cells = json.dumps({"cells": [source]}).encode()
    payload = hand_in("a.ipynb", cells[:-1] + b', "outputs": ' + outputs + b"}")
    assert "Its outputs are too large" in reason(read_as(server, monkeypatch, "small", payload))


def test_a_file_that_cannot_be_parsed_is_read_all_the_same(server: Server) -> None:
    """Parsing is for positions only: 100,000 minus signs are more than Python's parser can take."""
    record = read_in_sandbox(server, hand_in("a.py", b"x = " + b"-" * 100_000 + b"1\n"))
    assert isinstance(record, Submission)
    assert record.definitions == ()


def test_an_archive_that_unpacks_to_more_than_the_limit_is_not_unpacked(server: Server) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(12):
            archive.writestr(f"{number}.ipynb", bytes(51 << 20))
    record = read_in_sandbox(server, hand_in("a.zip", packed.getvalue()))
    assert "larger than 50 MB" in reason(record)


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("noise", "gave no valid answer"),
        ("flood", "too much memory"),
        ("exits", "ended with status 7"),
        ("killed", "was ended by signal"),
        ("spins", "takes too long"),
        ("grows", "too much memory"),
    ],
)
def test_what_ends_the_reader_is_told_to_the_student(
    server: Server, monkeypatch: pytest.MonkeyPatch, role: str, why: str
) -> None:
    assert why in reason(read_as(server, monkeypatch, role))


def test_a_reader_that_was_kept_waiting_is_nobodys_fault(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It got no processor time: the machine is busy, and another try may do."""
    monkeypatch.setattr(reader_session, "READER_SECONDS", 1.0)
    with pytest.raises(ServerFailed, match="overloaded"):
        read_as(server, monkeypatch, "sleeps")


def test_the_server_goes_on_after_all_that(server: Server) -> None:
    assert isinstance(read_in_sandbox(server, hand_in("a.py", b"x = 1\n")), Submission)
