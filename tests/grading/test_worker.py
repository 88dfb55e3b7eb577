"""Which files of a course a worker shows the sandbox, and what it refuses."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING

import msgspec
import pytest
import torch
from hypothesis.errors import FlakyFailure

from grader.course.course import load
from grader.datasets.errors import DataMissing
from grader.datasets.registry import FASHION_MNIST
from grader.execution.observe import observe
from grader.grading import rehearsal, worker
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import Process
from grader.grading.rehearsal import FailedRehearsal, GraderByExam
from grader.grading.sandbox_session import SandboxSession
from grader.grading.time_budget import submission_budget
from grader.judging.generated_cases import Exam
from grader.records.protocol import Ask, Load
from grader.records.sources import Cell, SourceFile
from grader.records.values import Tensor
from grader.records.worker_protocol import Config, Fault, Job
from grader.sandbox import ChannelClosed, Server
from grader.submissions import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Section

FILES = FASHION_MNIST.files


def test_the_server_sees_drives_and_training_images_and_nothing_of_validation(
    course: Path, tmp_path: Path
) -> None:
    for name in FILES:
        (tmp_path / f"{name}.gz").touch()
    shown = worker.views(load(course), tmp_path)
    assert sorted(shown) == [
        "data/FashionMNIST/raw/train-images-idx3-ubyte.gz",
        "data/FashionMNIST/raw/train-labels-idx1-ubyte.gz",
    ]


def test_the_shipped_course_shows_nothing_that_judges() -> None:
    course = load()
    shown = worker.views(course, worker.image_folder(Config(course=str(course.root)), course))
    assert any(name.startswith("drive_") for name in shown)
    assert not [name for name in shown if name.startswith("test_") or "t10k" in name]


def test_a_course_without_images_needs_none(course: Path) -> None:
    assert worker.image_folder(Config(course=str(course)), load(course)) is None


def test_half_a_data_set_is_refused(course: Path, tmp_path: Path) -> None:
    (tmp_path / FILES[0]).touch()
    with pytest.raises(DataMissing, match=FILES[1]):
        worker.image_folder(Config(course=str(course), images=str(tmp_path)), load(course))


def test_a_submission_that_can_not_be_read_has_every_check_of_every_exercise(course: Path) -> None:
    (found,) = worker.results_if_unreadable(load(course))
    assert (found.status, found.points, found.max_points) == ("error", 0.0, 4.0)
    assert [check.name for check in found.checks][-1] == "it_is_even"
    assert {check.status for check in found.checks[1:]} == {"blocked"}


def test_each_missing_layer_has_its_consequence_and_the_reason() -> None:
    server = Server(warm="time:time", entry="time:time", layers=["limits"])
    server._layers = ("landlock", "limits")
    server._missing = {"seccomp": "there is no libseccomp.\nIts log ends with: ..."}
    found = {one.name: one for one in worker.missing_layers(server)}
    assert list(found) == ["bubblewrap", "namespaces", "seccomp"]
    assert found["bubblewrap"].opens.startswith(
        "Without bubblewrap, a hole in landlock would let a submission"
    )
    assert found["bubblewrap"].reason == "it was not asked for"
    assert found["seccomp"].sentences.endswith(" other processes. Reason: there is no libseccomp.")


def test_a_worker_is_waited_for_as_long_as_a_submission_may_take(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times the budget by the clock, whatever the exercises' own limits; more on two devices."""
    loaded = load(course)
    seconds = worker.seconds_by_the_clock(loaded, Exam(1))
    assert 3 * 300 < seconds < 3 * 300 + 2 * worker.OVERHEAD_SECONDS
    assert worker.seconds_by_the_clock(loaded, Exam(1, devices=("cpu", "cuda"))) > 2 * 3 * 300
    assert worker.limits_for(loaded).cpu_seconds == 302
    monkeypatch.setattr(type(loaded), "seconds_per_submission", 20.5)
    assert worker.limits_for(loaded).cpu_seconds == 23
    assert worker.seconds_by_the_clock(loaded, Exam(1)) < 100 + 2 * worker.OVERHEAD_SECONDS


def test_an_exam_that_the_course_does_not_pass_is_nobodys_loss_but_a_fault_that_says_so(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rehearse(
        submission_grader: SubmissionGrader, sections: list[Section]
    ) -> dict[str, FailedRehearsal | None]:
        tries.extend((submission_grader.exam.number, section.module) for section in sections)
        failure = FailedRehearsal("The course's own double is not correct.")
        return dict.fromkeys([section.module for section in sections], failure)

    tries: list[tuple[int, str]] = []
    loaded = load(course)
    answer = SourceFile("alice.py", None, (Cell(None, "def double(n): return n + n"),))
    monkeypatch.setattr(rehearsal, "rehearse", rehearse)
    monkeypatch.setattr(worker, "read_in_sandbox", lambda *_: Submission((answer,)))
    monkeypatch.setattr(SubmissionGrader, "answered", lambda *_: loaded.sections)
    server = Server(warm="", entry="")
    graders = GraderByExam(lambda number: SubmissionGrader(loaded, Exam(7, number=number), server))
    job = Job(2, msgspec.Raw(b"unread"))
    for _ in range(2):
        assert worker.graded(graders, job) == Fault("The course's own double is not correct.")
    assert tries == [(2, "doubling")]


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The exit codes with which workers in this process end."""
    codes: list[int] = []
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(os, "_exit", codes.append)
    yield codes
    signal.signal(signal.SIGTERM, before)


def run_worker() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        worker.main([str(theirs.detach())])


def test_a_signal_ends_a_worker_in_silence_whatever_it_is_doing(
    ended: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(_channel: socket.socket) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        except SystemExit as end:  # as Hypothesis does
            raise FlakyFailure("inconsistent results", [ValueError("drawing")]) from end

    monkeypatch.setattr(worker, "serve", draw)
    run_worker()
    assert ended == [0]


def test_a_worker_that_fails_by_itself_says_so(ended: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_channel: socket.socket) -> None:
        raise FlakyFailure("inconsistent results", [ValueError("drawing")])

    monkeypatch.setattr(worker, "serve", fail)
    with pytest.raises(FlakyFailure):
        run_worker()
    assert ended == []


def test_the_end_of_the_run_ends_a_worker(ended: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def close(_channel: socket.socket) -> None:
        raise ChannelClosed("the run is over")

    monkeypatch.setattr(worker, "serve", close)
    run_worker()
    assert ended == [0]


def test_the_line_of_a_bug_is_reported() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / int("0")
    assert worker.raised_at(caught.value).startswith(" (test_worker.py, line ")


@pytest.mark.parametrize(
    ("device", "seconds", "number", "expected"),
    [
        ("auto", {"cpu": 2.0, "cuda": 3.0}, 0, "its solutions take 2.0 s there, 3.0 s on the GPU"),
        ("auto", {"cpu": 3.0, "cuda": 2.0}, 0, ""),
        ("auto", {"cpu": 2.0, "cuda": 3.0}, 1, ""),
        ("cuda", {"cpu": 2.0, "cuda": 3.0}, 0, ""),
    ],
)
def test_who_left_the_choice_of_the_device_is_told_that_the_cpu_is_faster(
    device: str,
    seconds: dict[str, float],
    number: int,
    expected: str,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0

    def grade_programs(self: SubmissionGrader, _programs: object) -> None:
        nonlocal now
        now += seconds[self.exam.devices[0]]

    monkeypatch.setattr(SubmissionGrader, "grade_programs", grade_programs)
    monkeypatch.setattr("grader.grading.rehearsal.time.monotonic", lambda: now)
    by = SubmissionGrader(load(course), Exam(1, devices=("cuda",)), Server(warm="", entry=""))
    said = rehearsal.device_advice(Config(course=str(course), device=device, worker_number=number), by)
    assert expected in said
    assert bool(said) == bool(expected)


DRAWS = """\
import torch


def double(n):
    return torch.randn(64).exp()
"""


def test_a_child_computes_to_the_bit_what_the_worker_does(course: Path) -> None:
    """torch chooses its vector instructions before the sandbox hides which ones the processor has."""
    file = SourceFile("double.py", None, (Cell(None, DRAWS),))
    ask = Ask("double(n)", {"n": 1}, seed=7)
    with worker.sandbox_server(load(course), None) as server:
        session = SandboxSession(
            Process(server), Load("doubling", (file,), {"double": ("double",)}), submission_budget(60)
        )
        (sandboxed,) = session.ask("double", 0, [ask], submission_budget(60))
        session.close()
    here, _error = observe(ask, {"double": lambda _n: torch.randn(64).exp()}, files=())
    assert isinstance(here.result, Tensor)
    assert sandboxed.result == here.result
