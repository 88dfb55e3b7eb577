"""The course on a GPU, as far as it can be told without one: right answers pass, careless ones are told why.

What a stand-in can't show is a real GPU's rounding, its speed and its memory: `test_real_gpu.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from grader.course.course import SHIPPED, load
from grader.course.implementations import specimens
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import DeskAsker, drive_names
from grader.records.sources import Cell, SourceFile
from tests.gpu.simulated import stood_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course.implementations import Specimen
    from grader.records.verdict import Verdict

COURSE = load(SHIPPED)
GPU = Exam(1, shrinks=False, devices=("cuda",))
BOTH = Exam(1, devices=("cpu", "cuda"))
SPECIMENS = list(specimens(COURSE))
REFERENCES = [one for one in SPECIMENS if one.kind == "reference"]
OF_CLASSES = [
    one
    for one in SPECIMENS
    if one.kind == "wheat" and not any(check.name == "gpu_ready" for check in one.exercise.checks)
]
"""Correct answers that `tests/shipped/test_gpu_ready.py` skips: classes, and functions of numbers."""
THROUGH_NUMPY = {"to_scalars/wheat/through_numpy", "is_symmetric/wheat/in_numpy"}
"""Of these, the ones that hand a tensor on a GPU to NumPy, which can't take it."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Torch computes in one thread, and on a stand-in where a GPU is asked for."""
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
    examination = Examination(exercise, exam, DeskAsker(answers, exercise, seconds=120))
    return {verdict.name: verdict for verdict in examination.all()}


def failures(specimen: Specimen, *, trains: bool = False) -> list[str]:
    found = examined(specimen.exercise.name, specimen.files(COURSE), GPU, trains=trains)
    wrong = [one for one in found.values() if one.status != "passed" and not one.bonus]
    return [f"{one.name} {one.status}: {one.message}" for one in wrong]


@pytest.mark.parametrize("specimen", REFERENCES, ids=str)
def test_the_courses_solutions_are_right_on_a_gpu(specimen: Specimen) -> None:
    assert failures(specimen) == []


@pytest.mark.parametrize("specimen", OF_CLASSES, ids=str)
def test_right_classes_are_right_on_a_gpu(specimen: Specimen) -> None:
    """Whoever trains moves a model; the class need not know of devices."""
    assert bool(failures(specimen)) == (str(specimen) in THROUGH_NUMPY), failures(specimen)


@pytest.mark.parametrize("name", ["fit_epoch", "MLP"])
def test_models_are_trained_there(name: str) -> None:
    """In the same order, from the same weights: a GPU's figures differ from a CPU's by rounding alone."""
    specimen = next(one for one in REFERENCES if one.exercise.name == name)
    assert failures(specimen, trains=True) == []


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


def test_on_all_devices_a_result_in_the_wrong_place_is_a_rung_with_its_own_words() -> None:
    """The rungs below hold on both devices; those above wait."""
    found = on_both(NEW_ON_THE_CPU)
    assert found["right_dtype"].status == "passed"
    rung = found["right_device"]
    assert rung.status == "failed"
    assert rung.message == (
        "on cuda: the result is on cpu, the arguments are on cuda:0: you made a new tensor on the CPU"
    )
    assert "torch.zeros_like(X)" in rung.hint
    assert "device=X.device" in rung.hint
    assert rung.counterexample.endswith(", device='cuda'))")
    assert found["right_values"].status == "blocked"


def test_on_all_devices_what_raises_on_one_is_told_with_the_call_that_shows_it() -> None:
    rung = on_both(MIXES)["accepts_its_arguments"]
    assert rung.status == "error"
    assert rung.message.startswith("on cuda:\na.py, line 5, in relu\n")
    assert "Expected all tensors to be on the same device" in rung.message
    assert "zeros_like and the like, or device=X.device" in rung.hint
    assert rung.counterexample == "relu(torch.tensor([0.], device='cuda'))"


def test_what_is_wrong_everywhere_is_told_of_the_cpu() -> None:
    rung = on_both("def relu(X):\n    return X")["right_values"]
    assert rung.status == "failed"
    assert "cuda" not in rung.message + rung.counterexample


def test_on_a_gpu_nobody_is_asked_as_if_there_were_one() -> None:
    """The bonus for code that would work on a GPU is given to code that does."""
    found = on_both("def relu(X):\n    return X.clamp(min=0)")
    assert found["gpu_ready"].status == "passed"
