"""The course on a GPU, as far as it can be told without one: right answers pass, careless ones are told why.

What a stand-in can't show is a real GPU's rounding, its speed and its memory: `test_real_gpu.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.sources import Cell, SourceFile
from tests.fixtures.shipped import COURSE, IMPLEMENTATIONS, exam
from tests.fixtures.thorough import case
from tests.gpu.simulated import stood_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course.implementations import Implementation
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import Verdict

GPU = exam(shrinks=False, devices=("cuda",))
BOTH = exam(devices=("cpu", "cuda"))
REFERENCES = [one for one in IMPLEMENTATIONS if one.kind == "reference"]
OF_CLASSES = [
    one
    for one in IMPLEMENTATIONS
    if one.kind == "wheat" and not any(check.name == "gpu_ready" for check in one.exercise.checks)
]
"""Correct answers that `tests/shipped/test_gpu_ready.py` skips: classes, and functions of numbers."""
FIRST_OF_EACH = {
    one.exercise.name: one
    for one in reversed(OF_CLASSES)
    if one.exercise.name in {"Classifier", "SGD", "MLP"}
}
"""One for some exercises; the others are left to `make thorough`."""
THROUGH_NUMPY = {"to_scalars/wheat/through_numpy", "is_symmetric/wheat/in_numpy"}
"""Of these, the ones that hand a tensor on a GPU to NumPy, which can't take it."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread, and use a stand-in for the GPU."""
    before, deterministic = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(1)
    training_data.use(COURSE.data)
    with stood_in():
        yield
    torch.set_num_threads(before)
    torch.use_deterministic_algorithms(deterministic)


def examined(
    name: str, files: Sequence[SourceFile], exam: Exam, *, trains: bool = False
) -> dict[str, Verdict]:
    """Return the verdicts on an answer, by the names of the checks."""
    section, exercise = next(pair for pair in COURSE.exercises() if pair[1].name == name)
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers(files, wanted, drive_names(section))
    checks = [check for check in exercise.checks if trains or not check.band]
    exercise = replace(exercise, checks=checks)
    examination = Examination(exercise, exam, LocalAsker(answers, exercise, seconds=120))
    return {verdict.name: verdict for verdict in examination.all()}


def failures(implementation: Implementation, *, trains: bool = False) -> list[str]:
    found = examined(implementation.exercise.name, implementation.files(COURSE), GPU, trains=trains)
    wrong = [one for one in found.values() if one.status != "passed" and not one.bonus]
    return [f"{one.name} {one.status}: {one.message}" for one in wrong]


@pytest.mark.parametrize(
    "implementation",
    [case(one, thorough=one.exercise is not one.section.exercises[-1]) for one in REFERENCES],
)
def test_the_courses_solutions_are_right_on_a_gpu(implementation: Implementation) -> None:
    assert failures(implementation) == []


@pytest.mark.parametrize("device", ["mps", "cuda:1"])
@pytest.mark.parametrize("name", ["relu", "LinearRegressionScratch"])
def test_a_device_of_another_name_is_like_any_other(name: str, device: str) -> None:
    """Only its type tells it from the CPU; what has float64 is not asked on MPS."""
    (implementation,) = (one for one in REFERENCES if one.exercise.name == name)
    found = examined(name, implementation.files(COURSE), exam(shrinks=False, devices=(device,)))
    assert [one.message for one in found.values() if one.status != "passed" and not one.bonus] == []


@pytest.mark.parametrize(("device", "there"), [("mps", "mps:0"), ("cuda:1", "cuda:1")])
def test_a_result_on_the_cpu_is_seen_on_any_device(device: str, there: str) -> None:
    files = [SourceFile("a.py", "mlp", (Cell(None, NEW_ON_THE_CPU),))]
    found = examined("relu", files, exam(shrinks=False, devices=(device,)))["right_device"]
    expected = f"the result is on cpu, the arguments are on {there}: you made a new tensor on the CPU"
    assert (found.status, found.message) == ("failed", expected)


@pytest.mark.parametrize(
    "implementation",
    [case(one, thorough=one is not FIRST_OF_EACH.get(one.exercise.name)) for one in OF_CLASSES],
)
def test_right_classes_are_right_on_a_gpu(implementation: Implementation) -> None:
    """The caller moves a model; its class need not handle devices."""
    assert bool(failures(implementation)) == (str(implementation) in THROUGH_NUMPY), failures(implementation)


KINDS_OF_TENSORS = frozenset(
    [
        "SoftmaxRegressionScratch/chaff/weights_are_not_leaves",
        "SoftmaxRegressionScratch/chaff/parameters_are_copies",
        "SoftmaxRegressionScratch/chaff/bias_not_learned",
        "MLPScratch/chaff/training_moves_nothing",
        "LinearRegressionScratch/chaff/detaches_the_weights",
        "LinearRegressionScratch/chaff/optimizes_copies",
    ]
)
"""Mistakes that putting a model on a device could repair."""
CHAFF_OF_MODELS = [
    one
    for one in IMPLEMENTATIONS
    if one.kind == "chaff"
    and one.exercise.name in {"LinearRegressionScratch", "SoftmaxRegressionScratch", "MLPScratch"}
]


@pytest.mark.parametrize(
    "implementation",
    [case(one, thorough=str(one) not in KINDS_OF_TENSORS) for one in CHAFF_OF_MODELS],
)
def test_what_is_wrong_in_a_model_is_wrong_on_a_gpu(implementation: Implementation) -> None:
    """Some mistakes show only where the model is trained."""
    trained = {check.name for check in implementation.exercise.checks if check.band}
    assert failures(implementation, trains=trained.issuperset(implementation.must_fail)) != []


@pytest.mark.parametrize("name", ["fit_epoch", "MLP"])
def test_models_train_on_a_gpu(name: str) -> None:
    """In the same order, from the same weights: a GPU's figures differ from a CPU's by rounding alone."""
    implementation = next(one for one in REFERENCES if one.exercise.name == name)
    assert failures(implementation, trains=True) == []


NEW_ON_THE_CPU = """
import torch

def relu(X):
    return torch.tensor(X.clamp(min=0).tolist(), dtype=X.dtype)
"""
MIXES = """
import torch

def relu(X):
    return torch.max(X, torch.zeros(X.shape, dtype=X.dtype))
"""


def on_both(source: str) -> dict[str, Verdict]:
    return examined("relu", [SourceFile("a.py", "mlp", (Cell(None, source),))], BOTH)


def test_on_all_devices_a_result_on_the_wrong_device_fails_right_device() -> None:
    """The checks before it pass on both devices; those after it are blocked."""
    found = on_both(NEW_ON_THE_CPU)
    assert found["right_dtype"].status == "passed"
    verdict = found["right_device"]
    assert verdict.status == "failed"
    assert verdict.message == (
        "on cuda: the result is on cpu, the arguments are on cuda:0: you made a new tensor on the CPU"
    )
    assert "torch.zeros_like(X)" in verdict.hint
    assert "device=X.device" in verdict.hint
    assert verdict.counterexample.endswith(", device='cuda'))")
    assert found["right_values"].status == "blocked"


def test_on_all_devices_an_error_on_one_is_shown_with_its_call() -> None:
    verdict = on_both(MIXES)["accepts_its_arguments"]
    assert verdict.status == "error"
    assert verdict.message.startswith("on cuda:\na.py, line 5, in relu\n")
    assert "Expected all tensors to be on the same device" in verdict.message
    assert "zeros_like and the like, or device=X.device" in verdict.hint
    assert verdict.counterexample == "relu(torch.tensor([0.], device='cuda'))"


def test_what_fails_on_all_devices_is_shown_on_the_cpu() -> None:
    verdict = on_both("def relu(X):\n    return X")["right_values"]
    assert verdict.status == "failed"
    assert "cuda" not in verdict.message + verdict.counterexample


def test_on_a_gpu_nothing_is_simulated() -> None:
    """The bonus for code that would work on a GPU is given to code that does."""
    found = on_both("def relu(X):\n    return X.clamp(min=0)")
    assert found["gpu_ready"].status == "passed"
