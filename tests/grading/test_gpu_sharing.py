"""Workers that share GPUs: which GPU each one gets, how they lock it, and what happens when it is full."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.course.course import load
from grader.grading import gpu_sharing
from grader.grading.gpu_sharing import (
    USUAL_SHARING,
    GpuLock,
    allocation_for,
    ran_out_of_gpu_memory,
    sandboxed_devices,
)
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import NoGpu
from grader.grading.rehearsal import rehearse
from grader.grading.retries import Examined
from grader.grading.worker import UnreadableAsker, views
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.records.devices import GPU_SHARE_VARIABLE, MIN_GPU_BYTES, NoSuchDevice
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import summarize
from grader.records.worker_protocol import Config
from grader.sandbox.gpu import visible_gpus
from tests.fixtures.gpu_server import server_with_gpu
from tests.fixtures.reports import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.grading.retries import Asked
    from grader.records.verdict import CheckStatus, ExerciseResult
    from grader.records.worker_protocol import Sandbox
    from grader.sandbox import Server

GIB = 1 << 30


def config(number: int, jobs: int, locks: Path | None = None) -> Config:
    folder = str(locks) if locks else None
    return Config(course="", device="cuda", worker_number=number, jobs=jobs, run_folder=folder)


def test_workers_are_spread_over_the_gpus(tmp_path: Path) -> None:
    found = [allocation_for(config(number, 5, tmp_path), ("0", "1"), 80 * GIB) for number in range(5)]
    assert [one.gpu.name for one in found] == ["0", "1", "0", "1", "0"]
    assert {round(one.share, 3) for one in found} == {round(0.95 / 3, 3)}
    assert len({one.lock.gate for one in found if one.lock}) == 2


def test_one_worker_per_gpu_needs_no_lock(tmp_path: Path) -> None:
    found = allocation_for(config(1, 2, tmp_path), ("0", "1"), 80 * GIB)
    assert (found.share, found.lock) == (0.95, None)


def test_more_than_the_usual_number_share_a_gpu_only_if_a_person_says_so(tmp_path: Path) -> None:
    asked = config(0, 16, tmp_path)
    chosen = msgspec.structs.replace(asked, jobs_chosen=True)
    found = [allocation_for(one, ("0", "1"), 80 * GIB).max_workers for one in (asked, chosen)]
    assert found == [2 * USUAL_SHARING, 80]


@pytest.mark.parametrize(
    ("wanted", "sandbox", "there", "expected"),
    [
        ("cuda:1", "full", ("cuda:1",), ("cuda",)),
        ("all", "full", ("cpu", "cuda"), ("cpu", "cuda")),
        ("auto", "full", ("mps",), ("cpu",)),
        ("all", "full", ("cpu", "mps"), ("cpu",)),
        ("xpu", "none", ("xpu",), ("xpu",)),
    ],
)
def test_processes_in_the_sandbox_see_one_gpu_of_nvidias(
    wanted: str,
    sandbox: Sandbox,
    there: tuple[str, ...],
    expected: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gpu_sharing, "devices_for", lambda _wanted: there)
    assert sandboxed_devices(Config(course="", device=wanted, sandbox=sandbox)) == expected


def test_another_accelerator_is_refused_in_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu_sharing, "devices_for", lambda wanted: (wanted,))
    with pytest.raises(
        NoSuchDevice, match=r"--device xpu: .* NVIDIA's only\. Use --device cpu; or --sandbox none"
    ):
        sandboxed_devices(Config(course="", device="xpu"))


def test_few_workers_fit_on_a_small_gpu(tmp_path: Path) -> None:
    found = allocation_for(config(0, 16, tmp_path), ("0",), 8 * GIB)
    assert (found.max_workers, found.share) == (4, 0.95 / 4)
    assert float(found.environment[GPU_SHARE_VARIABLE]) == pytest.approx(0.95 / 4)
    with pytest.raises(NoSuchDevice, match="needs a GPU with 2 GiB of memory"):
        allocation_for(config(0, 1), ("0",), MIN_GPU_BYTES - 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", ("0",)), ("2, 3", ("2", "3")), ("GPU-8f1c", ("GPU-8f1c",)), ("", ()), ("-1", ())],
)
def test_cuda_visible_devices_is_respected(
    value: str, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", value)
    assert visible_gpus() == expected


def test_by_default_all_gpus_in_dev_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    found = ["nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "nvidia-caps"]
    monkeypatch.setattr(Path, "glob", lambda self, _pattern: [self / name for name in found])
    assert visible_gpus() == ("0", "1")


def test_an_exclusive_lock_waits_for_present_users_and_keeps_new_ones_out(tmp_path: Path) -> None:
    lock, order = GpuLock(tmp_path / "gpu0"), []
    release, entered = threading.Event(), threading.Event()

    def first() -> None:
        with lock.shared():
            entered.set()
            release.wait(10)
            order.append("first")

    def exclusive() -> None:
        with lock.exclusive():
            order.append("exclusive")

    def late() -> None:
        with lock.shared():
            order.append("late")

    threads = [threading.Thread(target=one) for one in (first, exclusive, late)]
    threads[0].start()
    assert entered.wait(10)
    threads[1].start()
    time.sleep(0.2)  # the second one waits by now
    threads[2].start()
    time.sleep(0.2)
    assert order == []
    release.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "exclusive", "late"]


def test_many_can_share_the_lock(tmp_path: Path) -> None:
    lock = GpuLock(tmp_path / "gpu0")
    with lock.shared(), lock.shared():
        pass


def result(status: CheckStatus, message: str) -> ExerciseResult:
    one = check("accepts_its_arguments", status, message=message)
    return summarize("relu", "5.1", "mlp", (one,))


@pytest.mark.parametrize(
    ("status", "message", "full"),
    [
        ("out_of_memory", "OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB", True),
        ("out_of_memory", "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling", True),
        ("out_of_memory", "your code used more than the 1 GiB that it has", False),
        ("error", "CUDA out of memory, says a student", False),
    ],
)
def test_a_full_gpu_is_told_from_a_full_machine(status: CheckStatus, message: str, *, full: bool) -> None:
    assert ran_out_of_gpu_memory([result("passed", ""), result(status, message)]) is full


# In the sandbox ----------------------------------------------------------------------------------

COURSE = load(only=("relu", "sigmoid"))
RIGHT = "def relu(X):\n    return X.clamp(min=0)\ndef sigmoid(X):\n    return 1 / (1 + (-X).exp())\n"
CARELESS = """
import torch
def relu(X):
    return torch.max(X, torch.zeros(X.shape, dtype=X.dtype))
"""
GIVES_UP = """
gave_up = False
def relu(X):
    global gave_up
    gave_up = True
    raise RuntimeError("CUDA error: device-side assert triggered")
def sigmoid(X):
    if gave_up:
        raise RuntimeError("CUDA error: device-side assert triggered")
    return 1 / (1 + (-X).exp())
"""
"""As a GPU does when an index is out of range: every later call in the same process fails in the same way."""


RELU = COURSE.sections[0].exercises[:1]


def server(entry: str) -> Server:
    """Return a server whose children are told to use a GPU that doesn't exist."""
    return server_with_gpu(views(COURSE, None), entry=entry)


def submission_grader(there: Server) -> SubmissionGrader:
    return SubmissionGrader(COURSE, Exam(1, shrinks=False, devices=("cpu", "cuda")), there)


def grade_files(by: SubmissionGrader, source: str) -> dict[str, ExerciseResult]:
    files = [SourceFile("a.py", "mlp", (Cell(None, source),))]
    return {one.name: one for one in by.grade_section(COURSE.sections[0], files)}


def test_answers_are_graded_on_the_gpu_in_the_sandbox() -> None:
    with server("simulated:serve") as there:
        by = submission_grader(there)
        assert rehearse(by, COURSE.sections) == {"mlp": None}
        assert {one.status for one in grade_files(by, RIGHT).values()} == {"correct"}
        careless = grade_files(by, CARELESS)["relu"]
    first = next(one for one in careless.checks if one.status != "passed")
    assert first.message.startswith("on cuda:\na.py, line 4, in relu\n")


def test_a_gpu_that_gave_up_is_opened_anew_for_the_next_exercise() -> None:
    with server("simulated:serve") as there:
        found = grade_files(submission_grader(there), GIVES_UP)
    assert (found["relu"].status, found["sigmoid"].status) == ("error", "correct")


def test_a_gpu_that_cant_be_opened_is_nobodys_zero() -> None:
    with server("simulated:serve_poorly") as there, pytest.raises(NoGpu, match="CUDA error: out of memory"):
        grade_files(submission_grader(there), RIGHT)


def test_without_cuda_a_child_says_so_before_anything_of_a_students_runs() -> None:
    entry = "grader.execution.sandbox_entry:serve_on_gpu"
    with server(entry) as there, pytest.raises(NoGpu, match=r"CUDA|NVIDIA"):
        grade_files(submission_grader(there), RIGHT)


class Crowded(SubmissionGrader):
    """Returns prepared results: the GPU is full while it is shared."""

    def __init__(self, gpu_lock: GpuLock, outcomes: Sequence[str]) -> None:
        super().__init__(COURSE, Exam(1), server("simulated:serve"), gpu_lock=gpu_lock)
        self.outcomes = list(outcomes)

    def _examine_once(self, asked: Sequence[Asked], *_arguments: object) -> dict[str, Examined]:
        outcome = self.outcomes.pop(0)
        if outcome == "no gpu":
            raise NoGpu("CUDA error: out of memory")
        found = result("passed", "") if outcome == "right" else result("out_of_memory", outcome)
        exercise = asked[0].exercises[0]
        return {"relu": Examined(found, Examination(exercise, self.exam, UnreadableAsker()), 0)}


@pytest.mark.parametrize("first", ["CUDA out of memory", "no gpu"])
def test_an_answer_that_finds_a_shared_gpu_full_is_run_again_alone(first: str, tmp_path: Path) -> None:
    crowded = Crowded(GpuLock(tmp_path / "gpu0"), [first, "right"])
    assert crowded.grade_exercises(COURSE.sections[0], [], RELU)["relu"].status == "correct"
    assert crowded.outcomes == []


def test_an_answer_that_fills_the_gpu_alone_is_out_of_memory(tmp_path: Path) -> None:
    crowded = Crowded(GpuLock(tmp_path / "gpu0"), ["CUDA out of memory", "CUDA out of memory"])
    assert crowded.grade_exercises(COURSE.sections[0], [], RELU)["relu"].status == "out_of_memory"


def test_an_answer_that_runs_out_of_main_memory_is_not_run_again(tmp_path: Path) -> None:
    crowded = Crowded(GpuLock(tmp_path / "gpu0"), ["more than the 1 GiB that it has"])
    assert crowded.grade_exercises(COURSE.sections[0], [], RELU)["relu"].status == "out_of_memory"
