"""Exceptions as they really come, and what is said of them."""

from __future__ import annotations

import pytest

from grader.execution.simulated_gpu import INDICES, MIXED, TO_NUMPY
from grader.judging.exception_hints import ADVICE, advice_on

CASES = [
    ("def f():\n    total += 1\nf()", "the function's own"),
    ("lable", "no such name"),
    ("torch.ones(2, 3) / torch.ones(2)", "has one of them lost an axis"),
    ("torch.ones(2, 3) @ torch.ones(2, 3)", "In A @ B"),
    ("torch.ones(2, 3) @ torch.ones(2)", "In A @ B"),
    ("torch.ones(6).reshape(4, -1)", "as many elements"),
    ("max(0, torch.ones(2))", "goes through all elements"),
    ("if torch.ones(2) > 0: pass", "goes through all elements"),
    ("(torch.ones(2) == 1).mean()", "floating-point numbers alone"),
    ("torch.ones(2, 2) @ torch.ones(2, 2).double()", "Two dtypes meet"),
    ("torch.ones(3)[torch.tensor([0.5])]", "An index is a whole number"),
    ("torch.ones(1).sum().backward()", "Nothing on the way here can learn"),
    (
        "x = torch.ones(1, requires_grad=True)\ny = (x * x).sum()\ny.backward()\ny.backward()",
        "Each graph is walked back once",
    ),
    ("x = torch.ones(1, requires_grad=True)\nx -= 1", "while autograd looks away"),
    ("x = torch.ones(1, requires_grad=True)\nx[0] = 1", "while autograd looks away"),
    ("torch.ones(1, requires_grad=True).numpy()", "NumPy knows nothing of gradients"),
    ("torch.ones(2).item()", "a tensor of a single element"),
    ("float(torch.ones(2))", "a tensor of a single element"),
    ("torch.ones(1).grad.zero_()", "Something here is None"),
    ("torch.ones(1) * None", "Something here is None"),
    ("torch.ones(1).average()", "Tensors have no such attribute"),
    ("class A: pass\nA().w", "Does __init__ set it"),
    ("2(3 + 4)", "Parentheses call"),
    ("def f(x): return f(x)\nf(1)", "It calls itself"),
    ("[1, 2][2]", "Indices count from 0"),
    ("torch.ones(2)[2]", "Indices count from 0"),
    ("pd.DataFrame({'a': [1]})['b']", "no such key, or column"),
    ("import no_such_module", "isn't installed"),
    ("1 / 0", "plain numbers raise"),
]


@pytest.mark.filterwarnings("ignore:.*not callable:SyntaxWarning")
@pytest.mark.parametrize(("source", "said"), CASES)
def test_a_usual_exception_is_explained(source: str, said: str) -> None:
    names: dict[str, object] = {}
    exec("import torch\nimport pandas as pd", names)  # noqa: S102 - sources of this file
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each its own
        exec(compile(source, "answer.py", "exec"), names)  # noqa: S102
    assert said in advice_on(type(caught.value).__name__, str(caught.value)), caught.value


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (MIXED, "device=X.device"),
        (INDICES, "device=X.device"),
        (TO_NUMPY, "X.cpu().numpy()"),
        ("CUDA error: device-side assert triggered", "With --device cpu"),
    ],
)
def test_what_a_gpu_says_is_explained(message: str, said: str) -> None:
    assert said in advice_on("RuntimeError", message)


def test_of_what_is_not_usual_nothing_is_said() -> None:
    assert advice_on("ValueError", "a student's own words") == ""


def test_every_piece_of_advice_is_given() -> None:
    given = {said for _source, said in CASES} | {"device=X.device", "X.cpu().numpy()", "With --device cpu"}
    assert all(any(part in advice for part in given) for advice in ADVICE.values())
