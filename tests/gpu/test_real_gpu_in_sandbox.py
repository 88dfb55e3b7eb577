"""What only a real GPU shows of grading in the sandbox. `make gpu` runs these alone: some fill the GPU."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import torch
from msgspec.structs import replace as replaced

from grader.cli.doctor.machine import gpu_in_sandbox
from grader.course.course import SHIPPED, load
from grader.datasets import training_data
from grader.grading.gpu_sharing import GpuLock, allocate_gpu
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import ON_GPU, opening_problem
from grader.grading.rehearsal import rehearse
from grader.grading.worker import sandbox_server
from grader.judging.generated_cases import Exam
from grader.records.devices import CUDA
from grader.records.sources import Cell, SourceFile
from grader.records.worker_protocol import Config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.sandbox import Server

if not torch.cuda.is_available():
    pytest.skip("no GPU here; on a machine with one: make gpu", allow_module_level=True)
pytestmark = pytest.mark.gpu
COURSE = load(SHIPPED)
SECTION = "mlp"
RIGHT = "def relu(X):\n    return X.clamp(min=0)\n"
TAKES_ALL = """
import torch
def relu(X):
    kept = []
    while X.is_cuda:
        kept.append(torch.empty(1 << 30, device=X.device))
    return X.clamp(min=0)
"""
LIFTS_ITS_SHARE = TAKES_ALL.replace(
    "    kept", "    torch.cuda.set_per_process_memory_fraction(1.0)\n    kept", 1
)
OUT_OF_RANGE = """
import torch
def relu(X):
    return X.reshape(-1)[torch.full((1,), 10**6, device=X.device)]
def sigmoid(X):
    return 1 / (1 + torch.exp(-X))
"""


@pytest.fixture(autouse=True)
def images() -> None:
    """Answers of this course read images."""
    training_data.use(COURSE.data)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sandbox_server(
        COURSE, COURSE.data, gpu_allocation=allocate_gpu(Config(course=str(SHIPPED), jobs=2))
    ) as made:
        yield made


def grade_files(by: SubmissionGrader, source: str) -> dict[str, ExerciseResult]:
    section = next(one for one in COURSE.sections if one.module == SECTION)
    files = [SourceFile("a.py", SECTION, (Cell(None, source),))]
    return {one.name: one for one in by.grade_section(section, files)}


@pytest.fixture
def submission_grader(server: Server) -> SubmissionGrader:
    return SubmissionGrader(COURSE, Exam(1, shrinks=False, devices=(CUDA,)), server)


def test_the_whole_sandbox_holds_and_cuda_works_in_it(
    server: Server, submission_grader: SubmissionGrader
) -> None:
    assert set(server.layers) == {"bubblewrap", "namespaces", "landlock", "seccomp", "limits"}
    assert set(rehearse(submission_grader, COURSE.sections).values()) == {None}


def test_each_child_opens_the_gpu_anew(server: Server) -> None:
    """The server never touches CUDA, which could not be used after a fork."""
    for _ in range(3):
        with server.fork(ON_GPU) as child:
            assert opening_problem(child) == ""


@pytest.mark.parametrize("greedy", [TAKES_ALL, LIFTS_ITS_SHARE])
def test_a_submission_that_takes_all_memory_does_not_affect_the_next(
    greedy: str, submission_grader: SubmissionGrader
) -> None:
    assert grade_files(submission_grader, greedy)["relu"].status == "out_of_memory"
    assert grade_files(submission_grader, RIGHT)["relu"].status == "correct"


def test_a_cuda_error_does_not_affect_the_next_exercise(submission_grader: SubmissionGrader) -> None:
    found = grade_files(submission_grader, OUT_OF_RANGE)
    assert (found["relu"].status, found["sigmoid"].status) == ("error", "correct")


def test_two_share_a_gpu(tmp_path: Path) -> None:
    """The greedy one lifts its share; its neighbour is right all the same."""

    def grade(source: str) -> list[str]:
        config = Config(course=str(SHIPPED), jobs=2, run_folder=str(tmp_path))
        gpu_allocation = allocate_gpu(config)
        lock = GpuLock(tmp_path / "gpu0")
        with sandbox_server(COURSE, COURSE.data, gpu_allocation=gpu_allocation) as there:
            by = SubmissionGrader(COURSE, Exam(1, shrinks=False, devices=(CUDA,)), there, gpu_lock=lock)
            return [grade_files(by, source)["relu"].status for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        greedy, right = pool.map(grade, (LIFTS_ITS_SHARE, RIGHT))
    assert set(greedy) == {"out_of_memory"}
    assert set(right) == {"correct"}


def test_doctor_reports_the_gpu() -> None:
    (finding,) = gpu_in_sandbox()
    assert finding.state == "ok"


def test_verdicts_are_reproducible(submission_grader: SubmissionGrader) -> None:
    """Of a trained model, too: its accuracy stands in no verdict that passes, so a wrong one is trained."""
    section = next(one for one in COURSE.sections if one.module == "mlp_implementation")
    source = (
        COURSE.solution(section).read_text(encoding="utf-8").replace("torch.matmul", "0.01 * torch.matmul")
    )
    files = [SourceFile("a.py", section.module, (Cell(None, source),))]

    def verdicts() -> list[Verdict]:
        results = submission_grader.grade_section(section, files)
        return [replaced(one, seconds=0.0) for result in results for one in result.checks]

    first = verdicts()
    assert verdicts() == first
    assert any(one.status == "failed" for one in first)
