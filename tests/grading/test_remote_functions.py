"""Functions of the reference that answers in the sandbox can call: values, gradients, and hostile calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch

from grader.course.correct_answers import CorrectAnswers
from grader.execution.remote_function import RemoteCallFailed, RemoteFunction
from grader.grading import remote_functions
from grader.grading.remote_functions import NOT_ANSWERED, RemoteFunctions
from grader.judging.generated_cases import Exam
from grader.records.protocol import RemoteCall
from grader.records.values import Items, Opaque, Tensor, TextFile, record
from tests.fixtures.shipped import COURSE

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.records.values import Value

FUNCTIONS = RemoteFunctions(
    COURSE,
    CorrectAnswers({one.name: COURSE.solution(section) for section, one in COURSE.exercises()}),
    Exam(1),
)
REMOTE = ("relu", "sigmoid", "tanh", "softmax", "cross_entropy", "matmul", "l2_norm", "one_hot")
AS_SOURCE = (
    *("SGD", "HyperParameters", "add_to_class", "show_images", "fit_epoch", "accuracy", "load_table"),
    *("add_in_place", "write_rows", "gradient", "activation_gradient", "forward_propagation"),
)


def remote(name: str) -> RemoteFunction:
    return RemoteFunction(name, lambda call: FUNCTIONS.answer(call, {name}))


@pytest.mark.parametrize("name", REMOTE)
def test_functions_of_tensors_are_called(name: str) -> None:
    assert FUNCTIONS.has(name)


@pytest.mark.parametrize("name", AS_SOURCE)
def test_classes_decorators_files_and_what_changes_its_arguments_are_not(name: str) -> None:
    assert not FUNCTIONS.has(name)


def arguments(name: str) -> list[Any]:
    draw = torch.Generator().manual_seed(3)
    scores = torch.randn(3, 4, generator=draw, dtype=torch.float64)
    return [scores.softmax(1), torch.tensor([0, 3, 1])] if name == "cross_entropy" else [scores]


@pytest.mark.parametrize("name", ["relu", "sigmoid", "tanh", "softmax", "cross_entropy"])
def test_values_and_gradients_are_those_of_the_reference(name: str) -> None:
    results = []
    for function in (remote(name), FUNCTIONS.correct_answers.function(name)):
        given = arguments(name)
        leaf = given[0].requires_grad_()
        result = function(2 * leaf, *given[1:]) if name != "cross_entropy" else function(leaf, *given[1:])
        result.square().sum().backward()
        results.append((result.detach(), leaf.grad))
    (value, gradient), (right_value, right_gradient) = results
    torch.testing.assert_close(value, right_value, rtol=0, atol=0)
    torch.testing.assert_close(gradient, right_gradient, rtol=0, atol=0)


def test_arguments_may_be_given_by_name() -> None:
    scores = torch.ones(2, 3, requires_grad=True)
    remote("softmax")(X=scores)[0, 0].backward()
    assert scores.grad is not None
    assert scores.grad[0, 0] > 0
    assert remote("one_hot")(torch.tensor([1]), num_classes=2).tolist() == [[0, 1]]


def test_a_result_without_gradient_is_a_plain_tensor() -> None:
    assert not remote("relu")(torch.ones(2)).requires_grad
    with torch.no_grad():
        assert not remote("relu")(torch.ones(2, requires_grad=True)).requires_grad


def test_a_second_derivative_is_refused_in_plain_words() -> None:
    x = torch.ones(2, requires_grad=True)
    (first,) = torch.autograd.grad(remote("sigmoid")(x).square().sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match="differentiate twice"):
        first.sum().backward()


@pytest.mark.parametrize(("name", "shapes"), [("matmul", [(2, 3), (2, 3)]), ("relu", [])])
def test_a_call_that_does_not_fit_fails_with_one_sentence(name: str, shapes: list[tuple[int, ...]]) -> None:
    with pytest.raises(RemoteCallFailed) as failed:
        remote(name)(*map(torch.ones, shapes))
    assert str(failed.value) == NOT_ANSWERED.problem


def tensor(*shape: int) -> Value:
    return record(torch.ones(shape))


HOSTILE: dict[str, RemoteCall] = {
    "a function that is not replaced": RemoteCall("softmax", (tensor(1, 2),)),
    "an unknown name": RemoteCall("system", ("ls",)),
    "a name of Python's": RemoteCall("__import__", ("os",)),
    "no arguments": RemoteCall("relu"),
    "too many arguments": RemoteCall("relu", (tensor(1),) * 5),
    "more names than arguments": RemoteCall("relu", (tensor(1),), ("X", "Y")),
    "an unknown argument": RemoteCall("relu", (tensor(1),), ("Z",)),
    "another type": RemoteCall("relu", (TextFile("x", "y"),)),
    "an object": RemoteCall("relu", (Opaque("Spy"),)),
    "a shape that its bytes don't fill": RemoteCall("relu", (Tensor("float32", (2**20,), "cpu", b""),)),
    "an endless shape": RemoteCall("relu", (Tensor("float32", (2**26, 0), "cpu", b""),)),
    "no dtype": RemoteCall("relu", (Tensor("object", (1,), "cpu", b"x"),)),
    "a cotangent of another shape": RemoteCall("relu", (tensor(3),), (), record(torch.ones(4))),  # type: ignore[arg-type]
    "a cotangent of integers": RemoteCall("relu", (record(torch.ones(3).int()),), (), record(torch.ones(3))),  # type: ignore[arg-type]
    "lists in lists": RemoteCall("relu", (Items("list", (Items("tuple", (None, 1)),)),)),
}


@pytest.mark.parametrize("call", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_call_gets_the_same_sentence(call: RemoteCall) -> None:
    before = torch.get_rng_state()
    assert FUNCTIONS.answer(call, {"relu"}) == NOT_ANSWERED
    assert torch.equal(torch.get_rng_state(), before)


def test_a_call_that_takes_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_x: object) -> None:
        while True:
            pass

    monkeypatch.setattr(remote_functions, "CALL_SECONDS", 0.1)
    answers = FUNCTIONS.correct_answers
    monkeypatch.setattr(answers, "function", lambda _name: endless)
    assert FUNCTIONS.answer(RemoteCall("relu", (tensor(1),)), {"relu"}) == NOT_ANSWERED


def test_what_draws_random_numbers_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    functions = RemoteFunctions(COURSE, FUNCTIONS.correct_answers, Exam(1))

    def noisy(scores: torch.Tensor) -> torch.Tensor:
        return scores + torch.rand(scores.shape)

    found: Callable[[str], Callable[..., Any]] = lambda _name: noisy  # noqa: E731 - typed
    monkeypatch.setattr(functions.correct_answers, "function", found)
    assert not functions.has("relu")
