"""Observing: what a student's code gave back, raised, changed and called, and nothing more than that."""

from __future__ import annotations

import math
import random
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pytest
import torch

from grader.execution import call_watch
from grader.execution.observe import observe
from grader.records.cotangent import cotangent
from grader.records.decode import restore
from grader.records.protocol import MAX_CALLED, Ask, Observation
from grader.records.values import Opaque, Table, Tensor, TextFile, record

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = torch.tensor([[1.0, 2.0, -0.5], [0.0, 1.0, 3.0]])
HERE = "answer.py"


@pytest.fixture(autouse=True)
def remembered() -> None:
    """Note the threads of this process, as before any answer is loaded: earlier tests may have left some."""
    call_watch.remember()


def ask(expression: str = "f(x)", *, seed: int = 3, **settings: Any) -> Ask:  # noqa: ANN401
    inputs = {name: record(value) for name, value in settings.pop("inputs", {"x": SAMPLE}).items()}
    return Ask(expression, inputs, seed, **settings)


def seen_of(answer: object, question: Ask | None = None) -> Observation:
    """Return the observation of one evaluation, as the grader receives it."""
    seen, _error = observe(question or ask(), {"f": answer}, files={HERE})
    arrived: Observation = msgspec.msgpack.decode(msgspec.msgpack.encode(seen), type=Observation)
    return arrived


def written(source: str, path: str = HERE) -> Any:  # noqa: ANN401 - what a student's file defines as f
    scope: dict[str, Any] = {"torch": torch}
    exec(compile(source, path, "exec"), scope)  # noqa: S102
    return scope["f"]


def test_the_result_is_recorded() -> None:
    seen = seen_of(lambda x: x.exp())
    assert torch.equal(restore(seen.result), SAMPLE.exp())
    assert (seen.raised, seen.changed, seen.called, seen.gradients) == (None, (), (), None)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.add_(1),
        lambda x: x.__setitem__((0, 0), 9.0),
        lambda x: x.data.mul_(2),
        lambda x: x.numpy().__setitem__((0, 0), 9.0),
        lambda x: x.t_(),
        lambda x: x.resize_(1, 3),
        lambda x: x.detach().neg_(),
        lambda x: x.requires_grad_(),
    ],
)
def test_a_changed_argument_is_noticed_however_it_was_changed(change: Callable[[torch.Tensor], Any]) -> None:
    assert seen_of(change).changed == ("x",)


def test_an_argument_that_is_changed_and_put_back_was_left_alone() -> None:
    def f(x: torch.Tensor) -> torch.Tensor:
        x += 1
        result = x.exp()
        x -= 1
        return result

    assert seen_of(f).changed == ()


def test_each_changed_argument_is_named_whatever_its_kind() -> None:
    table = Table((), 0)
    inputs = {"a": [torch.zeros(1)], "b": {"k": [1]}, "c": math.nan, "d": torch.tensor(math.nan), "e": table}

    def f(a: list[torch.Tensor], b: dict[str, list[int]], c: float, d: torch.Tensor, e: Any) -> None:  # noqa: ANN401
        a[0] += 1
        b["k"].append(2)
        e["new"] = []

    assert seen_of(f, ask("f(a, b, c, d, e)", inputs=inputs)).changed == ("a", "b", "e")


def test_a_file_is_read_by_its_path_and_a_change_to_it_is_noticed() -> None:
    question = ask("f(path)", inputs={"path": TextFile("houses.csv", "a\n1\n")})
    read = seen_of(lambda path: (Path(path).name, Path(path).read_text(encoding="utf-8")), question)
    assert restore(read.result) == ("houses.csv", "a\n1\n")
    assert read.changed == ()
    assert seen_of(lambda path: Path(path).unlink(), question).changed == ("path",)
    assert seen_of(lambda path: Path(path).write_text("x"), question).changed == ("path",)


def test_a_file_is_gone_after_the_question() -> None:
    question = ask("f(path)", inputs={"path": TextFile("houses.csv", "a\n1\n")})
    assert not Path(restore(seen_of(lambda path: path, question).result)).exists()


def test_calls_are_recorded_if_that_is_asked_for() -> None:
    assert seen_of(lambda x: torch.softmax(x, 1)).called == ()
    seen = seen_of(lambda x: torch.softmax(x, 1), ask(watch_calls=True))
    assert (seen.called, seen.operations, seen.disturbances) == (("softmax",), ("softmax",), ())


def test_calls_are_recorded_even_where_the_code_breaks_after_them() -> None:
    seen = seen_of(lambda x: torch.softmax(x, 1)[9], ask(watch_calls=True))
    assert seen.raised is not None
    assert "softmax" in seen.called


def test_more_calls_than_fit_are_a_disturbance() -> None:
    seen, _ = observe(ask(watch_calls=True), {"f": many_functions}, files={HERE})
    assert len(seen.called) <= MAX_CALLED
    assert seen.disturbances == ("overflow",)


def many_functions(x: torch.Tensor) -> torch.Tensor:
    """Let functions of many names run."""
    for number in range(MAX_CALLED):
        with torch.profiler.record_function(f"mine::f{number}"):
            pass
    return x + 1


def test_gradients_are_those_of_the_weighted_sum() -> None:
    question = ask(differentiate=("x",))
    seen = seen_of(lambda x: x**2, question)
    assert seen.gradients is not None
    weights = cotangent((2, 3), question.seed).to(torch.float32)
    torch.testing.assert_close(restore(seen.gradients["x"]), 2 * SAMPLE * weights)


def test_the_weights_are_numbers_that_float32_holds() -> None:
    weights = cotangent((7, 5), 11)
    assert weights.dtype == torch.float64
    assert torch.equal(weights.to(torch.float32).to(torch.float64), weights)
    assert torch.equal(weights, cotangent((7, 5), 11))
    assert not torch.equal(weights, cotangent((7, 5), 12))


@pytest.mark.parametrize(
    "cut",
    [
        lambda x: x.detach().exp(),
        lambda x: torch.tensor(x.tolist()),
        lambda x: x.argmax(1),
        lambda x: x.sum().item(),
        lambda x: torch.ones(2, requires_grad=True) * 2,
        lambda x: None,
    ],
)
def test_a_result_that_is_cut_off_from_its_input_has_no_gradient(cut: Callable[[torch.Tensor], Any]) -> None:
    seen = seen_of(cut, ask(differentiate=("x",)))
    assert seen.raised is None
    assert seen.gradients == {"x": None}


def test_gradients_of_several_results_are_added_up_with_weights_of_their_own() -> None:
    question = ask(differentiate=("x",))
    seen = seen_of(lambda x: (3 * x, x.sum()), question)
    assert seen.gradients is not None
    weights = cotangent((2, 3), question.seed).float(), cotangent((), question.seed + 1).float()
    torch.testing.assert_close(restore(seen.gradients["x"]), 3 * weights[0] + weights[1])


@pytest.mark.parametrize("cut", [lambda x: (x, x.detach()), lambda x: [x, 1.0], lambda x: ()])
def test_one_of_several_results_that_is_cut_off_leaves_no_gradient(
    cut: Callable[[torch.Tensor], Any],
) -> None:
    seen = seen_of(cut, ask(differentiate=("x",)))
    assert seen.raised is None
    assert seen.gradients == {"x": None}


def test_gradients_of_several_inputs_are_told_apart() -> None:
    question = ask(
        "f(a, b)", inputs={"a": torch.tensor(2.0), "b": torch.tensor(5.0)}, differentiate=("b", "a")
    )
    seen = seen_of(lambda a, b: a * b, question)
    assert seen.gradients is not None
    weight = cotangent((), question.seed).item()
    assert restore(seen.gradients["a"]).item() == pytest.approx(5 * weight)
    assert restore(seen.gradients["b"]).item() == pytest.approx(2 * weight)


def test_only_the_students_own_lines_are_shown() -> None:
    f = written("def f(x):\n    return g(x)\n\ndef g(x):\n    return torch.cat([x, x[:, :1]])\n")
    raised = seen_of(f).raised
    assert raised is not None
    assert raised.kind == "RuntimeError"
    assert [line for line in raised.lines.splitlines() if "line" in line] == [
        "answer.py, line 2, in f",
        "answer.py, line 5, in g",
    ]
    assert raised.inside


def test_of_a_deep_recursion_the_first_and_the_last_lines_are_shown() -> None:
    raised = seen_of(written("def f(x):\n    return f(x) if x is not None else 1\n")).raised
    assert raised is not None
    assert raised.kind == "RecursionError"
    assert raised.lines.count("answer.py, line 2") == 6


@pytest.mark.parametrize(
    ("answer", "expression"),
    [
        (lambda: 1, "f(x)"),
        (lambda x, y: 1, "f(x)"),
        (lambda x: 1, "f(x, 1)"),
        (lambda x: 1, "f(y=x)"),
        (5, "f(x)"),
        (torch.softmax, "f(x)"),
        (type("Plain", (), {}), "f(x)"),
        (type("Model", (), {"__init__": lambda self: None}), "f(x)"),
    ],
)
def test_a_call_that_the_signature_refuses_is_told_from_an_error_inside(
    answer: object, expression: str
) -> None:
    raised = seen_of(answer, ask(expression)).raised
    assert raised is not None
    assert (raised.kind, raised.inside, raised.lines) == ("TypeError", False, "")


@pytest.mark.parametrize(
    ("answer", "expression"),
    [
        (lambda x: None, "f(x) + 1"),
        (lambda x: None, "f(x)[0]"),
        (lambda x: ask(x, x), "f(x)"),  # type: ignore[call-arg]
        (lambda x: x + "a", "f(x)"),
    ],
)
def test_an_error_after_the_call_or_inside_it_is_no_refusal(answer: object, expression: str) -> None:
    raised = seen_of(answer, ask(expression)).raised
    assert raised is not None
    assert (raised.kind, raised.inside) == ("TypeError", True)


class MuteError(Exception):
    """An exception that fails when it is printed, and has no traceback to show."""

    @property
    def __traceback__(self) -> None:  # type: ignore[override]
        raise RuntimeError

    def __str__(self) -> str:
        raise SystemExit


class OddError(Exception):
    """An exception whose text is not quite a string."""

    def __str__(self) -> str:
        class Text(str):
            __slots__ = ()

            def __getitem__(self, _key: object) -> Any:  # noqa: ANN401
                raise RuntimeError

        return Text("\ud800")


def raising(error: BaseException) -> Callable[[object], Any]:
    """Return a function that raises."""

    def f(_x: object) -> None:
        raise error

    return f


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ValueError("no"), "ValueError", "no"),
        (SystemExit(3), "SystemExit", "3"),
        (GeneratorExit(), "GeneratorExit", ""),
        (MemoryError(), "MemoryError", ""),
        (StopIteration(), "StopIteration", ""),
        (MuteError(), "MuteError", ""),
        (OddError(), "OddError", "?"),
        (ExceptionGroup("both", [ValueError(), TypeError()]), "ExceptionGroup", "both (2 sub-exceptions)"),
    ],
    ids=repr,
)
def test_whatever_is_raised_is_an_observation(error: BaseException, kind: str, message: str) -> None:
    seen, left = observe(ask(), {"f": raising(error)}, files={HERE})
    assert left is error
    assert seen.raised is not None
    assert (seen.raised.kind, seen.raised.message) == (kind, message)
    assert seen.result is None
    msgspec.msgpack.encode(seen)


def test_an_interrupt_is_the_users_and_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        observe(ask(), {"f": raising(KeyboardInterrupt())}, files={HERE})


def test_a_long_message_is_cut() -> None:
    raised = seen_of(raising(ValueError("x" * 100_000))).raised
    assert raised is not None
    assert len(raised.message) <= 2_000


def test_an_object_that_raises_when_it_is_looked_at_is_an_observation_too() -> None:
    class Bomb:
        def __getattribute__(self, _name: str) -> Any:  # noqa: ANN401
            raise RuntimeError

    assert isinstance(seen_of(lambda x: Bomb()).result, Opaque)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: torch.randn(3),
        lambda: torch.randperm(20),
        random.random,
        lambda: random.sample(range(99), 9),
        lambda: float(np.random.rand()),  # noqa: NPY002 - students do
        lambda: np.random.permutation(20),  # noqa: NPY002
    ],
)
def test_the_same_question_draws_the_same_random_numbers(draw: Callable[[], Any]) -> None:
    def drawn(seed: int) -> object:
        return seen_of(lambda x: draw(), ask(seed=seed)).result

    assert drawn(2**31 - 1) == drawn(2**31 - 1)
    assert drawn(2**31 - 1) != drawn(7)


def test_a_question_asked_twice_starts_from_the_same_inputs() -> None:
    question = ask()
    first, second = (seen_of(lambda x: x.add_(1), question) for _ in range(2))
    assert first == second


def test_names_of_the_section_and_torch_are_there_and_inputs_come_before_both() -> None:
    names = {"f": lambda x: x, "drive": SimpleNamespace(double=lambda x: x * 2), "c": 1}
    seen, _ = observe(ask("torch.add(drive.double(f(x)), c)", inputs={"x": SAMPLE, "c": 5}), names, files=())
    assert torch.equal(restore(seen.result), SAMPLE * 2 + 5)


def test_a_warning_of_the_students_code_is_not_an_error() -> None:
    def f(x: torch.Tensor) -> torch.Tensor:
        warnings.warn("slow", stacklevel=1)
        return x

    with pytest.warns(UserWarning, match="slow"):
        assert isinstance(seen_of(f).result, Tensor)
