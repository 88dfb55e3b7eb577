"""What only a real GPU shows of answers. On a machine that has one: `make gpu`, which runs these in parallel.

Elsewhere these tests are skipped, and `test_shipped_course.py` asks a stand-in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from grader.authoring import calibrate
from grader.checks.bands import band
from grader.course.course import SHIPPED, load
from grader.course.implementations import implementations
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.devices import CUDA, compute_exactly
from tests.gpu.test_shipped_course import OF_CLASSES, REFERENCES, THROUGH_NUMPY

if TYPE_CHECKING:
    from grader.course.implementations import Implementation
    from grader.records.verdict import Verdict

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
    one
    for one in implementations(COURSE)
    if one.kind in {"reference", "wheat"} and one.exercise.name in ASKED
]
CHAFF = [one for one in implementations(COURSE) if one.kind == "chaff"]


@pytest.fixture(autouse=True)
def images() -> None:
    """Answers of this course read images."""
    training_data.use(COURSE.data)


def examined(implementation: Implementation, device: str, *, trains: bool = False) -> dict[str, Verdict]:
    exercise = implementation.exercise
    exercise = replace(exercise, checks=[one for one in exercise.checks if trains or not one.band])
    wanted = {one.name: one.spellings for one in implementation.section.exercises}
    answers = Answers(implementation.files(COURSE), wanted, drive_names(implementation.section))
    exam = Exam(1, shrinks=False, devices=(device,))
    examination = Examination(exercise, exam, LocalAsker(answers, exercise, seconds=120))
    return {verdict.name: verdict for verdict in examination.all()}


def failures(implementation: Implementation, *, trains: bool = False) -> list[str]:
    wrong = (one for one in examined(implementation, CUDA, trains=trains).values() if not one.bonus)
    return [f"{one.name} {one.status}: {one.message}" for one in wrong if one.status != "passed"]


@pytest.mark.parametrize("implementation", REFERENCES, ids=str)
def test_the_solutions_are_correct_and_train_on_a_gpu(implementation: Implementation) -> None:
    assert failures(implementation, trains=True) == []


@pytest.mark.parametrize("implementation", OF_CLASSES, ids=str)
def test_correct_classes_are_correct_on_a_gpu(implementation: Implementation) -> None:
    assert bool(failures(implementation)) == (str(implementation) in THROUGH_NUMPY), failures(implementation)


@pytest.mark.parametrize("implementation", FUNCTIONS, ids=str)
def test_gpu_ready_predicts_correctly(implementation: Implementation) -> None:
    """Where nothing can be foretold, nothing is held against it either."""
    foretold = examined(implementation, "cpu")["gpu_ready"].status
    happens = failures(implementation)
    if foretold == "passed":
        assert happens == []
    elif foretold == "failed":
        assert happens != []


@pytest.mark.parametrize("implementation", CHAFF, ids=str)
def test_chaff_fails_on_a_gpu(implementation: Implementation) -> None:
    """By the check that it names, as on the CPU."""
    found = examined(implementation, CUDA, trains=any(check.band for check in implementation.exercise.checks))
    assert any(found[name].status != "passed" for name in implementation.must_fail), implementation.must_fail


def test_float32_is_float32_even_if_a_student_wants_it_faster() -> None:
    compute_exactly()
    torch.backends.cuda.matmul.allow_tf32 = True
    exact = torch.rand(512, 512, device=CUDA).double()
    error = (exact.float() @ exact.float()).double() - exact @ exact
    assert error.abs().max() / (exact @ exact).max() < 1e-6  # of TF32: some 1e-4


@pytest.mark.parametrize("training", calibrate.trainings(COURSE), ids=lambda one: one.check.name)
def test_bands_hold_on_a_gpu(training: calibrate.Training) -> None:
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
