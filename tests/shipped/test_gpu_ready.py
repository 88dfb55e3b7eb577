"""The check `gpu_ready` on the shipped course: which answers would work on a GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import summarize
from tests.fixtures.shipped import COURSE, IMPLEMENTATIONS, exam

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.records.verdict import Verdict

EXAM = exam(shrinks=False)
NAME = "gpu_ready"
READY = [
    (section, exercise)
    for section, exercise in COURSE.exercises()
    if any(check.name == NAME for check in exercise.checks)
]
BREAKS = {
    *(f"{name}/wheat/through_numpy" for name in ("write_element", "write_rows", "add_in_place")),
    # New tensors: a factor, a mask, a matrix of ones, a sum that begins with zeros.
    *("write_rows/wheat/copies_a_new_matrix_into_place", "normalize_rows/wheat/product_with_ones"),
    *("axis_sums/wheat/products_with_ones", "axis_means/wheat/weights", "cumulative_sum/wheat/triangle"),
    *("matvec/wheat/weighted_columns", "elementwise_gradient/wheat/ones_as_weights"),
    *("cross_entropy/wheat/one_hot_mask", "cross_entropy/wheat/one_hot_probability"),
    # Results on the CPU: filled element by element, or made of Python's numbers.
    *("add_with_loop/wheat/as_in_the_book", "concatenate/wheat/fills_zeros"),
    *("broadcast_sum/wheat/double_loop", "transpose_sum/wheat/element_by_element"),
    *("matmul/wheat/element_by_element", "control_flow_gradient/wheat/counts_the_doublings"),
}
"""Correct answers that would break on a GPU; each was reviewed by hand."""
UNKNOWN = {
    *("write_element/wheat/by_a_mask", "write_element/wheat/index_put", "write_rows/wheat/index_fill"),
    *("gradient/wheat/functional", "gradient/wheat/forward_mode", "control_flow_gradient/wheat/functional"),
    *("elementwise_gradient/wheat/vectorized", "elementwise_gradient/wheat/one_pass_forwards"),
    *("activation_gradient/wheat/vectorized", "broadcast_sum/wheat/maps_a_function"),
}
"""Answers for which it takes a GPU to tell."""

CARELESS = """
def relu(X):
    return torch.max(X, torch.zeros(X.shape, dtype=X.dtype))

def relu(X):
    return X * torch.tensor(X.detach().numpy() > 0).to(X.dtype)

def softmax(X):
    E = torch.exp(X)
    return E / (E @ torch.ones(X.shape[1], 1, dtype=X.dtype))

def softmax(X):
    made = torch.zeros(X.shape, dtype=X.dtype)
    for i, row in enumerate(torch.exp(X)):
        made[i] = row / row.sum()
    return made

def cross_entropy(y_hat, y):
    mask = torch.eye(y_hat.shape[1], dtype=y_hat.dtype)[y.cpu()]
    return -(mask * torch.log(y_hat)).sum(1).mean()

def matmul(A, B):
    return torch.zeros(len(A), B.shape[1], dtype=A.dtype) + A @ B

def one_hot(y, num_classes):
    return torch.eye(num_classes)[y]
""".strip().split("\n\n")
"""Correct on the CPU, and incorrect if the arguments are elsewhere."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def examined(name: str, files: Sequence[SourceFile]) -> dict[str, Verdict]:
    """Return the verdicts on an answer, by the names of the checks."""
    section, exercise = next(pair for pair in READY if pair[1].name == name)
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers(files, wanted, drive_names(section))
    examination = Examination(exercise, EXAM, LocalAsker(answers, exercise, seconds=60))
    return {verdict.name: verdict for verdict in examination.all()}


def test_functions_of_tensors_have_gpu_ready() -> None:
    names = {exercise.name for _section, exercise in READY}
    assert {"softmax", "relu", "cross_entropy", "one_hot", "matmul", "backward_propagation"} <= names
    assert not names & {
        "range_matrix",
        "to_numpy_and_back",
        "load_table",
        "MLPScratch",
        "SGD",
        "FashionMNIST",
    }


RIGHT = [
    one
    for one in IMPLEMENTATIONS
    if one.kind in {"reference", "wheat"} and one.exercise in [exercise for _section, exercise in READY]
]


@pytest.mark.parametrize("exercise", [exercise.name for _section, exercise in READY])
def test_correct_answers_fail_gpu_ready_only_if_they_would_break(exercise: str) -> None:
    found = {}
    for implementation in RIGHT:
        if implementation.exercise.name == exercise:
            found[str(implementation)] = str(examined(exercise, implementation.files(COURSE))[NAME].status)
    names = {"failed": BREAKS, "skipped": UNKNOWN}
    assert found == {
        one: next((status for status, those in names.items() if one in those), "passed") for one in found
    }
    assert found


def test_every_listed_answer_exists() -> None:
    assert {str(implementation) for implementation in RIGHT} >= BREAKS | UNKNOWN


@pytest.mark.parametrize("source", CARELESS)
def test_careless_answers_keep_their_points_and_get_a_message(source: str) -> None:
    exercise = source.removeprefix("def ").partition("(")[0]
    module = next(section.module for section, one in READY if one.name == exercise)
    file = SourceFile(f"{module}.py", module, (Cell(None, f"import torch\n\n\n{source}\n"),))
    verdicts = examined(exercise, [file])
    result = summarize(exercise, "", module, tuple(verdicts.values()))
    assert result.status == "correct", result.message
    assert verdicts[NAME].status == "failed"
    assert "device=X.device" in verdicts[NAME].hint
    assert verdicts[NAME].counterexample == ""
