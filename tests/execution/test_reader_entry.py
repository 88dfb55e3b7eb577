"""What the reader answers, whatever bytes come: a record within its limits, or a reason for the student."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.execution.reader_entry import answer
from grader.records.inert_text import is_active
from grader.records.verdict import Location
from grader.records.worker_protocol import Fault
from grader.submissions import Definition, HandIn, NotRead, RawFile, Submission

if TYPE_CHECKING:
    import pytest


def encoded(*files: RawFile, is_folder: bool = True) -> bytes:
    return msgspec.msgpack.encode(HandIn(("mlp",), files, is_folder, ("venv holds installed packages.",)))


def zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, data)
    return packed.getvalue()


NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": "# 4.4"},
            {
                "cell_type": "code",
                "source": ["def relu(X):\n", "    return X\n"],
                "outputs": [{"text": "1, 2"}],
            },
        ],
        "nbformat": 4,
    }
).encode()
SOUND = {
    b"mlp.py": b"# coding: utf-8\ndef relu(X):\n    return X\n",
    b"hw/mlp.ipynb": NOTEBOOK,
    b"hw.zip": zipped("hw/mlp.ipynb", NOTEBOOK),
}


def mutated(data: bytes) -> st.SearchStrategy[bytes]:
    """`data` with parts of it removed, repeated or replaced."""
    places = st.integers(0, len(data))
    tokens = st.sampled_from([b'"', b"\\", b"[" * 3000, b"{", b"-" * 3000, b"\0", b"\xff", b"1e999", b"\n"])
    pieces = st.tuples(places, places, tokens | st.binary(max_size=8), st.integers(0, 3))

    def mutate(changes: list[tuple[int, int, bytes, int]]) -> bytes:
        changed = data
        for start, end, token, times in changes:
            changed = changed[: min(start, end)] + token * times + changed[max(start, end - 3) :]
        return changed

    return st.lists(pieces, min_size=1, max_size=4).map(mutate)


def test_a_submission_is_answered_with_its_record() -> None:
    record = answer(encoded(RawFile(b"hw/mlp.ipynb", NOTEBOOK)))
    assert isinstance(record, Submission)
    assert [cell.number for cell in record.files[0].cells] == [2]
    assert record.definitions == (Definition("relu", Location("hw/mlp.ipynb", 2, 1)),)
    assert record.passed_over == ("venv holds installed packages.",)


def test_what_cannot_be_read_is_answered_with_the_reason_and_what_was_passed_over() -> None:
    record = answer(encoded())
    assert isinstance(record, NotRead)
    assert record.reason.startswith("There is no Python in it")
    assert record.reason.endswith("venv holds installed packages.")


def test_a_bug_of_the_reader_is_the_graders_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.submissions.reading.cells_of", lambda _name, _data: 1 / 0)
    fault = answer(encoded(RawFile(b"mlp.py", b"x = 1\n")))
    assert fault == Fault("The grader failed to read it: ZeroDivisionError: division by zero")


@settings(max_examples=300)
@given(data=st.data(), path=st.sampled_from(sorted(SOUND)), is_folder=st.booleans())
def test_hostile_bytes_never_leave_the_limits_of_the_record(
    data: st.DataObject, path: bytes, is_folder: bool
) -> None:  # fmt: skip
    files = [RawFile(path, data.draw(mutated(SOUND[path])))]
    files += [RawFile(data.draw(st.binary(max_size=20)) + b".py", b"x = 1\n")] if is_folder else []
    record = answer(encoded(*files, is_folder=is_folder))
    sent = msgspec.msgpack.encode(record)
    assert msgspec.msgpack.decode(sent, type=Submission | NotRead) == record


@settings(max_examples=100)
@given(path=st.binary(max_size=3000))
def test_any_path_can_be_shown(path: bytes) -> None:
    record = answer(encoded(RawFile(path + b"/mlp.py", b"def relu(X): ...\n")))
    assert isinstance(record, Submission)
    assert not any(is_active(character) for character in record.files[0].path)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=Submission) == record
