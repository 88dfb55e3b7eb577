"""What only a real GPU shows. On a machine that has one: `make gpu`.

Elsewhere these tests are skipped, and `test_course_on_a_gpu.py` asks a stand-in.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from msgspec.structs import replace as replaced

from grader.authoring import calibrate
from grader.checks.bands import band
from grader.cli.doctor.machine import gpu_behind_the_wall
from grader.course.course import SHIPPED, load
from grader.course.implementations import specimens
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.grading.gpu_sharing import Turns, seating
from grader.grading.grade_submission import Marker
from grader.grading.sandbox_session import opening_problem
from grader.grading.worker import rehearse, wall_for
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import DeskAsker, drive_names
from grader.records.devices import CUDA, compute_exactly
from grader.records.sources import Cell, SourceFile
from grader.records.worker_protocol import Config
from tests.gpu.test_shipped_course import OF_CLASSES, REFERENCES, THROUGH_NUMPY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.implementations import Specimen
    from grader.records.verdict import ExerciseResult, Verdict
    from grader.sandbox import Server

if not torch.cuda.is_available():
    pytest.skip("no GPU here; on a machine with one: make gpu", allow_module_level=True)
pytestmark = pytest.mark.gpu
COURSE = load(SHIPPED)
ASKED = {
    exercise.name
    for _section, exercise in COURSE.exercises()
    if any(check.name == "gpu_ready" for check in exercise.checks)
}
FUNCTIONS = [
    one for one in specimens(COURSE) if one.kind in {"reference", "wheat"} and one.exercise.name in ASKED
]
CHAFF = [one for one in specimens(COURSE) if one.kind == "chaff"]
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


def examined(specimen: Specimen, device: str, *, trains: bool = False) -> dict[str, Verdict]:
    exercise = specimen.exercise
    exercise = replace(exercise, checks=[one for one in exercise.checks if trains or not one.band])
    wanted = {one.name: one.spellings for one in specimen.section.exercises}
    answers = Answers(specimen.files(COURSE), wanted, drive_names(specimen.section))
    exam = Exam(1, shrinks=False, devices=(device,))
    examination = Examination(exercise, exam, DeskAsker(answers, exercise, seconds=120))
    return {verdict.name: verdict for verdict in examination.all()}


def failures(specimen: Specimen, *, trains: bool = False) -> list[str]:
    wrong = (one for one in examined(specimen, CUDA, trains=trains).values() if not one.bonus)
    return [f"{one.name} {one.status}: {one.message}" for one in wrong if one.status != "passed"]


@pytest.mark.parametrize("specimen", REFERENCES, ids=str)
def test_the_courses_solutions_are_right_and_train_there(specimen: Specimen) -> None:
    assert failures(specimen, trains=True) == []


@pytest.mark.parametrize("specimen", OF_CLASSES, ids=str)
def test_right_classes_are_right_there(specimen: Specimen) -> None:
    assert bool(failures(specimen)) == (str(specimen) in THROUGH_NUMPY), failures(specimen)


@pytest.mark.parametrize("specimen", FUNCTIONS, ids=str)
def test_what_is_foretold_without_a_gpu_is_so(specimen: Specimen) -> None:
    """Where nothing can be foretold, nothing is held against it either."""
    foretold = examined(specimen, "cpu")["gpu_ready"].status
    happens = failures(specimen)
    if foretold == "passed":
        assert happens == []
    elif foretold == "failed":
        assert happens != []


@pytest.mark.parametrize("specimen", CHAFF, ids=str)
def test_what_is_wrong_is_wrong_there(specimen: Specimen) -> None:
    """By the check that it names, as on the CPU."""
    found = examined(specimen, CUDA, trains=any(check.band for check in specimen.exercise.checks))
    assert any(found[name].status != "passed" for name in specimen.fails), specimen.fails


def test_float32_is_float32_even_if_a_student_wants_it_faster() -> None:
    compute_exactly()
    torch.backends.cuda.matmul.allow_tf32 = True
    exact = torch.rand(512, 512, device=CUDA).double()
    error = (exact.float() @ exact.float()).double() - exact @ exact
    assert error.abs().max() / (exact @ exact).max() < 1e-6  # of TF32: some 1e-4


@pytest.mark.parametrize("training", calibrate.trainings(COURSE), ids=lambda one: one.check.name)
def test_bands_hold_there(training: calibrate.Training) -> None:
    limits = band(COURSE.assignments / training.section.chapter, training.check.band, "subset")
    for seed in range(1, 6):
        job = calibrate.Job(
            COURSE.root,
            COURSE.data,
            "subset",
            training.exercise.name,
            training.check.name,
            "reference",
            seed,
            CUDA,
        )
        assert limits.low <= calibrate.run(job) <= limits.high


# Behind the wall ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with wall_for(COURSE, COURSE.data, graphics=seating(Config(course=str(SHIPPED), jobs=2))) as made:
        yield made


def marked(by: Marker, source: str) -> dict[str, ExerciseResult]:
    section = next(one for one in COURSE.sections if one.module == SECTION)
    files = [SourceFile("a.py", SECTION, (Cell(None, source),))]
    return {one.name: one for one in by.mark_section(section, files)}


@pytest.fixture
def marker(server: Server) -> Marker:
    return Marker(COURSE, Exam(1, shrinks=False, devices=(CUDA,)), server)


def test_the_whole_wall_holds_and_cuda_works_behind_it(server: Server, marker: Marker) -> None:
    assert set(server.layers) == {"bubblewrap", "namespaces", "landlock", "seccomp", "limits"}
    rehearse(marker)


def test_each_child_opens_the_gpu_anew(server: Server) -> None:
    """The server never touches CUDA, which could not be used after a fork."""
    for _ in range(3):
        with server.fork() as child:
            assert opening_problem(child) == ""


@pytest.mark.parametrize("greedy", [TAKES_ALL, LIFTS_ITS_SHARE])
def test_who_takes_all_the_memory_is_out_of_memory_and_the_next_one_is_fine(
    greedy: str, marker: Marker
) -> None:
    assert marked(marker, greedy)["relu"].status == "out_of_memory"
    assert marked(marker, RIGHT)["relu"].status == "correct"


def test_a_gpu_that_gave_up_is_fine_for_the_next_exercise(marker: Marker) -> None:
    found = marked(marker, OUT_OF_RANGE)
    assert (found["relu"].status, found["sigmoid"].status) == ("error", "correct")


def test_two_share_a_gpu(tmp_path: Path) -> None:
    """The greedy one lifts its share; its neighbour is right all the same."""

    def grade(source: str) -> list[str]:
        config = Config(course=str(SHIPPED), jobs=2, turns=str(tmp_path))
        graphics = seating(config)
        turns = Turns(tmp_path / "gpu0")
        with wall_for(COURSE, COURSE.data, graphics=graphics) as there:
            by = Marker(COURSE, Exam(1, shrinks=False, devices=(CUDA,)), there, turns=turns)
            return [marked(by, source)["relu"].status for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        greedy, right = pool.map(grade, (LIFTS_ITS_SHARE, RIGHT))
    assert set(greedy) == {"out_of_memory"}
    assert set(right) == {"correct"}


def test_doctor_says_so() -> None:
    (finding,) = gpu_behind_the_wall()
    assert finding.state == "fine"


def test_the_same_is_found_again(marker: Marker) -> None:
    """Of a trained model, too: its accuracy stands in no verdict that passes, so a wrong one is trained."""
    section = next(one for one in COURSE.sections if one.module == "mlp_implementation")
    source = (
        COURSE.solution(section).read_text(encoding="utf-8").replace("torch.matmul", "0.01 * torch.matmul")
    )
    files = [SourceFile("a.py", section.module, (Cell(None, source),))]

    def verdicts() -> list[Verdict]:
        results = marker.mark_section(section, files)
        return [replaced(one, seconds=0.0) for result in results for one in result.checks]

    first = verdicts()
    assert verdicts() == first
    assert any(one.status == "failed" for one in first)
