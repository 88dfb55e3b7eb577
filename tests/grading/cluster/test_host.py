"""What a machine of a cluster does for a run, called as Dask calls it; its worker processes are stand-ins."""

from __future__ import annotations

import tempfile
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grader.course import course_files
from grader.datasets.registry import FASHION_MNIST
from grader.grading.cluster import host
from grader.records.cluster_protocol import Answer, Gone, Hosted, Opened, Opening, Software
from grader.records.worker_protocol import Config, Fault, Graded, Job, Refused
from grader.submissions import HandIn
from grader.submissions.records import RawFile
from tests.fixtures.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("stand_in")


def call(name: str, *arguments: Any) -> Answer:  # noqa: ANN401 - as the functions have it
    """Call a function, and return what it says."""
    answer: Answer = msgspec.msgpack.decode(host.call(name, *arguments), type=Answer)
    return answer


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder for temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def opening(course: Path, temporary: Path) -> Iterator[Opening]:
    """A run that is not open yet. At the end nothing of it is left."""
    made = Opening(uuid.uuid4().hex, Config(course=""), 60.0, course_files.packed(course))
    yield made
    host.end(made.run)
    wait_for(lambda: not list(temporary.iterdir()))


def opened(opening: Opening, **changes: Any) -> Answer:  # noqa: ANN401 - fields of `Opening`
    """Open a run, with some fields changed."""
    return call("open_run", msgspec.msgpack.encode(msgspec.structs.replace(opening, **changes)))


def job(text: bytes = b"x = 1\n") -> bytes:
    """A submission that sits the second exam."""
    hand_in = HandIn(("doubling",), (RawFile(b"doubling.py", text),), is_folder=False)
    return msgspec.msgpack.encode(Job(2, msgspec.Raw(msgspec.msgpack.encode(hand_in))))


def test_it_says_its_versions() -> None:
    answer = call("software")
    assert isinstance(answer, Software)
    assert "+" not in answer.torch


def test_a_run_is_opened_starts_a_slot_and_grades(opening: Opening, course: Path) -> None:
    assert opened(opening) == Opened()
    assert opened(opening) == Opened()
    started = call("start_slot", opening.run, 0, 1)
    assert isinstance(started, Hosted)
    assert started.device == "cpu"
    graded = call("grade", opening.run, 0, 1, job())
    assert isinstance(graded, Graded)
    assert graded.exam == 2


def test_the_run_of_another_is_not_open(opening: Opening) -> None:
    assert call("start_slot", "other", 0, 1) == Gone()
    assert call("grade", "other", 0, 1, job()) == Gone()
    assert not host.renew("other")
    host.end("other")
    assert opened(opening) == Opened()
    assert call("start_slot", "other", 0, 1) == Gone()


def test_a_run_that_nobody_renews_ends(opening: Opening, temporary: Path) -> None:
    opened(opening, lease=0.5)
    assert isinstance(call("start_slot", opening.run, 0, 1), Hosted)
    wait_for(lambda: not list(temporary.iterdir()))
    assert call("grade", opening.run, 0, 1, job()) == Gone()


def test_a_run_that_is_renewed_goes_on(opening: Opening) -> None:
    """For longer than one lease; a busy machine may take most of one for a submission."""
    opened(opening, lease=3.0)
    for _ in range(4):
        assert isinstance(call("grade", opening.run, 0, 1, job(b"# takes 0.9\n")), Graded)
        assert host.renew(opening.run)


def test_a_run_that_ends_while_it_grades_is_gone_and_no_fault(opening: Opening) -> None:
    opened(opening, lease=0.5)
    assert call("grade", opening.run, 0, 1, job(b"# takes 60\n")) == Gone()


def test_a_disk_without_room_is_a_fault_and_leaves_nothing(
    opening: Opening, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(course_files, "unpack", full)
    answer = opened(opening)
    assert isinstance(answer, Fault)
    assert "No space left on device" in answer.message
    assert answer.retry
    assert list(temporary.iterdir()) == []


def test_full_data_must_be_there_and_the_same(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(FASHION_MNIST), "find_full", lambda _self: None)
    answer = opened(opening, full_data="sha256:1")
    assert isinstance(answer, Refused)
    assert "needs the full Fashion-MNIST on each worker" in answer.message
    for name in FASHION_MNIST.files:
        (tmp_path / name).write_bytes(b"images")
    monkeypatch.setattr(type(FASHION_MNIST), "find_full", lambda _self: tmp_path)
    answer = opened(opening, full_data="sha256:1")
    assert isinstance(answer, Refused)
    assert "is not the one that the run trains on" in answer.message
    assert opened(opening, full_data=FASHION_MNIST.content_hash(tmp_path)) == Opened()
