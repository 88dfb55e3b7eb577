"""The hints for exceptions, tried on real ones."""

from __future__ import annotations

import pytest

from grader.execution.simulated_gpu import INDICES_MESSAGE, MIXED_DEVICES_MESSAGE, TO_NUMPY_MESSAGE
from grader.judging.exception_hints import HINTS, hint_for

CASES = [
    ("def f():\n    total += 1\nf()", "local to the whole function"),
    ("lable", "is not defined here"),
    ("torch.ones(2, 3) / torch.ones(2)", "has one of them lost an axis"),
    ("torch.ones(2, 3) @ torch.ones(2, 3)", "each row of A"),
    ("torch.ones(2, 3) @ torch.ones(2)", "each row of A"),
    ("torch.ones(6).reshape(4, -1)", "as many elements"),
    ("max(0, torch.ones(2))", "works on all of them"),
    ("if torch.ones(2) > 0: pass", "works on all of them"),
    ("(torch.ones(2) == 1).mean()", "floating-point numbers only"),
    ("torch.ones(2, 2) @ torch.ones(2, 2).double()", "Two dtypes"),
    ("torch.ones(3)[torch.tensor([0.5])]", "An index must be an integer"),
    ("torch.ones(1).sum().backward()", "not connected to a tensor"),
    (
        "x = torch.ones(1, requires_grad=True)\ny = (x * x).sum()\ny.backward()\ny.backward()",
        "the graph is freed",
    ),
    ("x = torch.ones(1, requires_grad=True)\nx -= 1", "while autograd is off"),
    ("x = torch.ones(1, requires_grad=True)\nx[0] = 1", "while autograd is off"),
    ("torch.ones(1, requires_grad=True).numpy()", "NumPy doesn't track gradients"),
    ("torch.ones(2).item()", "a tensor with a single element"),
    ("float(torch.ones(2))", "a tensor with a single element"),
    ("torch.ones(1).grad.zero_()", "Something here is None"),
    ("torch.ones(1) * None", "Something here is None"),
    ("for i in None: pass", "Something here is None"),
    ("x = None\nx[0] = 1", "Something here is None"),
    ("None ^ 1", "Something here is None"),
    ("torch.tanhh(torch.ones(1))", "The module has no function of that name"),
    ("torch.ones(1).average()", "Tensors have no such attribute"),
    ("class A: pass\nA().w", "Does __init__ set it"),
    ("2(3 + 4)", "Parentheses call"),
    ("def f(x): return f(x)\nf(1)", "calls itself"),
    ("[1, 2][2]", "Indices run from 0"),
    ("torch.ones(2)[2]", "Indices run from 0"),
    ("pd.DataFrame({'a': [1]})['b']", "no such key or column"),
    ("pd.DataFrame({'a': ['Slate', None]}).to_numpy(dtype=float)", "There are words where numbers should be"),
    ("pd.get_dummies(pd.DataFrame({'a': [1]})[[]])", "nothing to put together"),
    ("a = pd.Series([1.0]).to_numpy()\na.flags.writeable = False\na[0] = 2", "copy the array first"),
    ("import no_such_module", "isn't installed"),
    ("1 / 0", "plain numbers raise"),
    ("torch.cat([torch.ones(2, 3), torch.ones(2, 2)], dim=0)", "cat joins tensors"),
    ("torch.stack([torch.ones(2), torch.ones(3)])", "stack puts tensors of one and the same shape"),
    ("torch.stack([])", "the list of tensors is empty"),
    ("torch.cat([])", "the list of tensors is empty"),
    ("x = torch.ones(1)\nx += torch.ones(3)", "keeps its shape"),
    ("torch.ones(1, 1).copy_(torch.ones(2, 3))", "keeps its shape"),
    ("torch.dot(torch.ones(2, 2), torch.ones(2, 2))", "torch.dot takes two vectors"),
    ("torch.mv(torch.ones(2), torch.ones(2))", "torch.mv a matrix and a vector"),
    ("torch.ones(2, 3).numpy() @ torch.ones(2, 3).numpy()", "NumPy arrays don't fit"),
    ("torch.ones(2).numpy() + torch.ones(3).numpy()", "NumPy arrays don't fit"),
    ("torch.zeros(2, 3).T.view(6)", "reshape works on both"),
    ("torch.tensor([[1, 2], [3]])", "all rows are equally long"),
    ("torch.tensor(pd.DataFrame({'a': [1]}))", "torch.tensor takes numbers"),
    ("torch.tensor(['a'])", "torch.tensor takes numbers"),
    ("torch.from_numpy(pd.DataFrame({'a': ['x']}).to_numpy(dtype=object))", "such as words or None"),
    ("torch.ones(2, requires_grad=True).backward()", "sum or average first"),
    ("torch.arange(4, requires_grad=True)", "Only floating-point numbers have gradients"),
    ("torch.tensor([1, 2]).requires_grad_()", "Only floating-point numbers have gradients"),
    (
        "z = (torch.ones(2, requires_grad=True) * 2).exp()\nz += 1\nz.sum().backward()",
        "changed in place since",
    ),
    (
        "x, y = (torch.ones(1, requires_grad=True) for _ in 'xy')\ntorch.autograd.grad(x.sum(), y)",
        "doesn't depend on this tensor",
    ),
    ("torch.optim.SGD([], lr=0.1)", "no parameters yet"),
    ("torch.optim.SGD([torch.ones(2, requires_grad=True) * 2], lr=0.1)", "An optimizer changes leaves"),
    (
        "class M(torch.nn.Module):\n def __init__(self): self.w = torch.nn.Parameter(torch.ones(2))\nM()",
        "calls super().__init__() first",
    ),
    ("torch.log(-1)", "got something else than it takes"),
    ("torch.exp(torch.ones(2).numpy())", "got something else than it takes"),
    ("torch.normal(0, 1)", "got something else than it takes"),
    ("x = torch.ones(2, dtype=torch.long)\nx += 0.5", "holds integers"),
    ("torch.tensor([2]) ** -1", "holds integers"),
    ("torch.nn.functional.one_hot(torch.tensor([3]), 3)", "one_hot takes a tensor of whole numbers"),
    ("torch.nn.functional.one_hot(torch.tensor([3.0]), 3)", "one_hot takes a tensor of whole numbers"),
    ("torch.ones(2, 3).gather(1, torch.tensor([1]))", "gather needs an index"),
    ("len(torch.tensor(3.0))", "a single number, without axes"),
    ("torch.tensor(3.0)[0]", "a single number, without axes"),
    ("for x in torch.tensor(3.0): pass", "a single number, without axes"),
    ("a, b = torch.ones(3)", "the number of values on the right"),
    ("for i in 5: pass", "Is range(...) missing?"),
    ("[1, 2]['a']", "indexed by position"),
    ("(1, 2).__class__([1])[0] = 3", "Make a list of it"),
    ("'a' + 1", "is one of them text?"),
    ("1 + 'a'", "is one of them text?"),
    ("int([1])", "Print its type"),
    ("next(iter([]))", "is used up, or empty"),
    ("pd.read_csv('nowhere.csv')", "no such file"),
    ("pd.DataFrame({'a': [1]}).b", "no column or method of that name"),
    ("torch.ones(2, 3).sum(dim=2)", "which axis is meant"),
    ("torch.ones(2) ^ 2.0", "A power is written **"),
    ("2.0 ^ 2", "A power is written **"),
    ("torch.ones(2) & torch.ones(2)", "for integers or truth values only"),
    ("torch.ones(2, dtype=torch.bool) - torch.ones(2, dtype=torch.bool)", ""),
    ("torch.exp(torch.ones(2), 2, 3)", "other arguments than it takes"),
    ("def f(a): pass\nf()", "other arguments than it takes"),
    ("def f(a): pass\nf(a=1, b=2)", "other arguments than it takes"),
]


@pytest.mark.filterwarnings("ignore:.*not callable:SyntaxWarning")
@pytest.mark.parametrize(("source", "said"), CASES)
def test_a_common_exception_has_a_hint(source: str, said: str) -> None:
    names: dict[str, object] = {}
    exec("import torch\nimport pandas as pd", names)  # noqa: S102 - sources of this file
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each its own
        exec(compile(source, "answer.py", "exec"), names)  # noqa: S102
    assert said in hint_for(type(caught.value).__name__, str(caught.value)), caught.value


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (MIXED_DEVICES_MESSAGE, "device=X.device"),
        (INDICES_MESSAGE, "device=X.device"),
        (TO_NUMPY_MESSAGE, "X.cpu().numpy()"),
        ("CUDA error: device-side assert triggered", "With --device cpu"),
    ],
)
def test_an_exception_of_a_gpu_has_a_hint(message: str, said: str) -> None:
    assert said in hint_for("RuntimeError", message)


def test_other_exceptions_have_no_hint() -> None:
    assert hint_for("ValueError", "a student's own words") == ""


def test_every_hint_is_tried() -> None:
    given = {said for _source, said in CASES} | {"device=X.device", "X.cpu().numpy()", "With --device cpu"}
    assert all(any(part in hint for part in given) for hint in HINTS.values())
