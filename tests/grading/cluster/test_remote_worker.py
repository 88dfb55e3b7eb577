"""What a worker has to be like before it grades, and what its answers mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grader.grading.cluster.connection import Member, NotInstalled
from grader.grading.cluster.remote_worker import Reference, RemoteSlot, RemoteWorker
from grader.grading.worker_handle import WorkerLost, WorkRefused
from grader.records.cluster_protocol import Gone, Hosted, Opened, Opening, Software
from grader.records.worker_protocol import Config, Fault, Graded, Refused
from grader.reporting.report import Versions
from grader.submissions import HandIn

if TYPE_CHECKING:
    from collections.abc import Iterator

HAND_IN = HandIn(("doubling",), (), is_folder=False)
REFERENCE = Reference(Versions("1.0", "2.13.0", "3.11.7", "sha256:1", "2.3"), "cpu", frozenset({"landlock"}))
SOFTWARE = Software("1.0", "2.13.0", "3.11.7", "2.3")
HOSTED = Hosted("sha256:1", "2.13.0", "cpu", 60.0, None, ("landlock",))
DONE = Graded((), (), 0.0)


class Script:
    """A connection whose other end answers from a list, and keeps what it was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers: Iterator[object] = iter(answers)
        self.asked: list[tuple[Any, ...]] = []

    def call(self, address: str, name: str, *_: object, seconds: float) -> bytes:
        self.asked.append((address, name))
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else msgspec.msgpack.encode(answer)

    def tell(self, address: str, function: object, run: str) -> None:
        pass

    @property
    def names(self) -> list[str]:
        return [name for _, name in self.asked]


def worker(script: Script, address: str = "tcp://127.0.0.1:1") -> RemoteWorker:
    """A worker at the end of a script."""
    opening = Opening("run", Config(course=""), 60.0, b"")
    return RemoteWorker(script, Member(address, "lab", "127.0.0.1", 1), opening)  # type: ignore[arg-type]


def test_a_worker_with_the_same_versions_is_taken() -> None:
    worker(Script(SOFTWARE)).require_like(REFERENCE)


@pytest.mark.parametrize(
    ("field", "title"),
    [("gradbook", "Gradbook"), ("torch", "torch"), ("python", "Python"), ("pandas", "pandas")],
)
def test_another_version_is_refused_with_both(field: str, title: str) -> None:
    other = msgspec.structs.replace(SOFTWARE, **{field: "0.5"})
    with pytest.raises(WorkRefused, match=rf"^{title} is 0\.5 there, and .* here\. Install the same"):
        worker(Script(other)).require_like(REFERENCE)


def test_nothing_is_sent_over_an_open_network() -> None:
    script = Script()
    with pytest.raises(WorkRefused, match="is not encrypted"):
        worker(script, "tcp://192.0.2.1:1").require_like(REFERENCE)
    assert script.asked == []


def test_a_machine_without_gradbook_is_refused() -> None:
    with pytest.raises(WorkRefused, match="no module"):
        worker(Script(NotInstalled("no module"))).require_like(REFERENCE)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"torch": "2.6.0"}, r"torch is 2\.6\.0 there, and 2\.13\.0 here"),
        ({"checks": "sha256:2"}, "the course that it loaded is not the one here"),
        ({"device": "cuda"}, "it grades on cuda, and this machine on cpu"),
        ({"missing": ("landlock", "seccomp")}, "its sandbox lacks seccomp"),
        ({"missing": ()}, "its sandbox has landlock, which the one here lacks"),
    ],
)
def test_a_process_that_would_grade_otherwise_is_refused(changes: dict[str, Any], message: str) -> None:
    slot = RemoteSlot(worker(Script(msgspec.structs.replace(HOSTED, **changes))), 0, 1)
    with pytest.raises(WorkRefused, match=message):
        slot.start(REFERENCE)


def test_no_more_workers_share_the_gpus_of_a_machine_than_can() -> None:
    shared = msgspec.structs.replace(HOSTED, max_workers=2)
    assert RemoteSlot(worker(Script(shared)), 1, 3).start(REFERENCE)
    assert not RemoteSlot(worker(Script(shared)), 2, 3).start(REFERENCE)


def test_a_run_that_is_gone_there_is_opened_again() -> None:
    script = Script(Gone(), Opened(), DONE)
    assert RemoteSlot(worker(script), 0, 1).grade(HAND_IN, 1) == DONE
    assert script.names == ["grade", "open_run", "grade"]


def test_a_run_that_is_gone_again_is_a_lost_worker() -> None:
    with pytest.raises(WorkerLost, match="it sent Gone"):
        RemoteSlot(worker(Script(Gone(), Opened(), Gone())), 0, 1).grade(HAND_IN, 1)


def test_a_fault_of_the_grader_is_an_outcome_and_a_refusal_is_none() -> None:
    full = Fault("full", retry=True)
    assert RemoteSlot(worker(Script(full)), 0, 1).grade(HAND_IN, 1) == full
    with pytest.raises(WorkRefused, match="no bubblewrap"):
        RemoteSlot(worker(Script(Refused("no bubblewrap"))), 0, 1).grade(HAND_IN, 1)
    with pytest.raises(WorkRefused, match="no bubblewrap"):
        RemoteSlot(worker(Script(Refused("no bubblewrap"))), 0, 1).start(REFERENCE)
    with pytest.raises(WorkerLost, match="full"):
        RemoteSlot(worker(Script(full)), 0, 1).start(REFERENCE)


@pytest.mark.parametrize("answer", [b"", b"no msgpack", SOFTWARE, HOSTED])
def test_what_is_no_result_is_a_lost_worker(answer: object) -> None:
    with pytest.raises(WorkerLost, match=r"can't be decoded|it sent"):
        RemoteSlot(worker(Script(answer)), 0, 1).grade(HAND_IN, 1)


def test_a_course_that_can_not_be_written_is_a_lost_worker() -> None:
    with pytest.raises(WorkerLost, match="No space left"):
        worker(Script(Fault("OSError: No space left", retry=True))).open()
