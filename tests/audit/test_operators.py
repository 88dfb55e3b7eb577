"""Operators: what each makes of a small program, and that something it makes is noticed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import torch

from grader.audit.mutant_generation import Mutant, mutants_of_file
from grader.audit.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable


class Example(NamedTuple):
    """A program, the lines that an operator adds to it, and an expression that is true of the program."""

    operator: str
    source: str
    adds: list[str]
    holds: str


EXAMPLES = (
    Example(
        "statement_dropped",
        """
        def f(x):
            x.zero_()
            x[0] = 1
            x += 1
            return x
        """,
        ["pass", "pass", "pass"],
        "f(torch.ones(2)).tolist() == [2, 1]",
    ),
    Example(
        "method_dropped",
        "def f(x): return x.abs().sum()",
        ["def f(x): return x.abs()", "def f(x): return x.sum()"],
        "f(torch.tensor([1.0, -1.0])) == 2",
    ),
    Example(
        "returns_none",
        """
        def f(x):
            raise NotImplementedError


        def g(x):
            raise NotImplementedError("for derived classes")


        def h(x):
            raise ValueError
        """,
        ["return None", "return None"],
        "raises(f, 1)",
    ),
    Example(
        "statements_swapped",
        """
        def f(model, batches):
            for batch in batches:
                loss = model(batch)
                model.zero_grad()
                loss.backward()
            with model:
                model.clip()
                model.step()
            while model.going():
                model.go()
        """,
        ["model.zero_grad()", "loss.backward()", "model.step()"],
        "calls_of(f, [[1]]) == ['()', 'zero_grad', 'backward', 'clip', 'step', 'going']",
    ),
    Example(
        "order_changed",
        """
        def f(data, train):
            return DataLoader(data, shuffle=train)
        """,
        [
            "return DataLoader(data, shuffle=True)",
            "return DataLoader(data, shuffle=False)",
            "return DataLoader(data, shuffle=not train)",
        ],
        "f(0, True) is True and f(0, False) is False",
    ),
    Example(
        "order_changed",
        """
        def f(n):
            torch.manual_seed(1)
            return torch.randperm(n), DataLoader(range(n))
        """,
        [
            "return torch.arange(n), DataLoader(range(n))",
            "return torch.randperm(n), DataLoader(range(n), shuffle=True)",
        ],
        "f(9)[0].tolist() != list(range(9))",
    ),
    Example(
        "mode_swapped",
        """
        def f(model):
            model.train()
            model.eval()
            model.train(False)
        """,
        ["model.eval()", "model.train()"],
        "calls_of(f) == ['train', 'eval', 'train']",
    ),
    Example(
        "elementwise_product", "def f(A, x): return A @ x", ["def f(A, x): return A * x"], "f(A, A).equal(AA)"
    ),
    Example(
        "axis_changed",
        """
        def f(X):
            a = X.sum(1)
            b = torch.sum(X, 0)
            return X.sum(axis=-1), torch.cat((a, b), dim=0), X[1].item(), range(1)
        """,
        [
            "a = X.sum(0)",
            "b = torch.sum(X, 1)",
            "return X.sum(axis=0), torch.cat((a, b), dim=0), X[1].item(), range(1)",
            "return X.sum(axis=-1), torch.cat((a, b), dim=1), X[1].item(), range(1)",
        ],
        "f(torch.tensor([[1.0], [2.0]]))[0].tolist() == [1, 2]",
    ),
    Example(
        "axis_from_the_end",
        "def f(X): return X.sum(1), X.sum(dim=-1), X.sum(2)",
        [
            "def f(X): return X.sum(-1), X.sum(dim=-1), X.sum(2)",
            "def f(X): return X.sum(1), X.sum(dim=1), X.sum(2)",
        ],
        "f(torch.ones(2, 3, 4))[0].shape == (2, 4)",
    ),
    Example(
        "axis_dropped",
        "def f(X): return X.sum(dim=1)",
        ["def f(X): return X.sum()"],
        "f(A).tolist() == [3, 7]",
    ),
    Example(
        "keepdim_added",
        "def f(X): return X.sum(1), X.sum(), X.sum(1, keepdim=True), X.cumsum(1)",
        ["def f(X): return X.sum(1, keepdim=True), X.sum(), X.sum(1, keepdim=True), X.cumsum(1)"],
        "f(A)[0].shape == (2,)",
    ),
    Example(
        "new_axis_dropped",
        "def f(x): return x[:, None] - x[None] + x[0]",
        ["def f(x): return x - x[None] + x[0]", "def f(x): return x[:, None] - x + x[0]"],
        "f(torch.ones(3)).shape == (3, 3)",
    ),
    Example("transpose_dropped", "def f(A): return A.T", ["def f(A): return A"], "f(A).equal(A.T)"),
    Example(
        "transpose_added",
        "def f(A, x): return A @ x, torch.matmul(A, A), torch.outer(A, x)",
        [
            "def f(A, x): return A.T @ x, torch.matmul(A, A), torch.outer(A, x)",
            "def f(A, x): return A @ x, torch.matmul(A.T, A), torch.outer(A, x)",
            "def f(A, x): return A @ x, torch.matmul(A, A.T), torch.outer(A, x)",
        ],
        "True",
    ),
    Example(
        "transpose_added",
        "def f(A, x): return A @ x",
        ["def f(A, x): return A.T @ x"],
        "f(A, B[0]).equal(A @ B[0])",
    ),
    Example(
        "product_swapped",
        "def f(A, B): return A @ (A + B)",
        ["def f(A, B): return (A + B) @ A"],
        "f(A, B).equal(A @ (A + B))",
    ),
    Example(
        "opposite_function",
        "def f(X): return X.sum() + torch.max(X) + min(X)",
        [
            "def f(X): return X.mean() + torch.max(X) + min(X)",
            "def f(X): return X.sum() + torch.min(X) + min(X)",
            "def f(X): return X.sum() + torch.max(X) + max(X)",
        ],
        "f(torch.tensor([1.0, 2.0])) == 6",
    ),
    Example(
        "opposite_bound",
        "def f(X): return X.clamp(min=0)",
        ["def f(X): return X.clamp(max=0)"],
        "f(A).equal(A)",
    ),
    Example(
        "operand_dropped",
        "def f(x, b): return (x ** 2 - b) / 2",
        [
            "def f(x, b): return (x ** 2 - b)",
            "def f(x, b): return (x ** 2) / 2",
            "def f(x, b): return b / 2",
            "def f(x, b): return (x - b) / 2",
        ],
        "f(3, 1) == 4",
    ),
    Example(
        "function_dropped",
        "def f(x): return torch.sqrt(x) + abs(x) + torch.no_grad(x) + nn.Linear(x) + len(x)",
        [
            "def f(x): return x + abs(x) + torch.no_grad(x) + nn.Linear(x) + len(x)",
            "def f(x): return torch.sqrt(x) + x + torch.no_grad(x) + nn.Linear(x) + len(x)",
        ],
        "True",
    ),
    Example(
        "function_dropped",
        "def f(x): return torch.sqrt(x)",
        ["def f(x): return x"],
        "f(torch.tensor(4.0)) == 2",
    ),
    Example(
        "result_cast",
        "def f(x): return x + 1",
        [
            "def f(x): return (x + 1).float()",
            "def f(x): return (x + 1).double()",
            "def f(x): return (x + 1).int()",
        ],
        "f(A).dtype == torch.float32",
    ),
    Example(
        "result_cast",
        """
        def f(x):
            if x:
                return None
            return
        """,
        [],
        "f(1) is None",
    ),
    Example(
        "dtype_swapped",
        "def f(n): return torch.arange(n, dtype=torch.float32, device=torch.device)",
        ["def f(n): return torch.arange(n, dtype=torch.float64, device=torch.device)"],
        "True",
    ),
    Example(
        "dtype_swapped",
        "def f(n): return torch.arange(n, dtype=torch.float32)",
        ["def f(n): return torch.arange(n, dtype=torch.float64)"],
        "f(2).dtype == torch.float32",
    ),
    Example(
        "estimate_swapped",
        "def f(x): return x.std(), np.std(x), x.var(unbiased=True)",
        [
            "def f(x): return x.std(unbiased=False), np.std(x), x.var(unbiased=True)",
            "def f(x): return x.std(), np.std(x, ddof=1), x.var(unbiased=True)",
        ],
        "True",
    ),
    Example(
        "estimate_swapped",
        "def f(x): return x.var()",
        ["def f(x): return x.var(unbiased=False)"],
        "f(torch.tensor([1.0, 3.0])) == 2",
    ),
    Example(
        "bias_dropped",
        "def f(n): return torch.nn.Linear(n, 1)",
        ["def f(n): return torch.nn.Linear(n, 1, bias=False)"],
        "f(2).bias is not None",
    ),
    Example(
        "result_detached",
        "def f(x): return x * 2, x + 1",
        ["def f(x): return (x * 2).detach(), x + 1", "def f(x): return x * 2, (x + 1).detach()"],
        "all(one.requires_grad for one in f(leaf()))",
    ),
    Example(
        "value_detached",
        """
        def f(x):
            y = x * 2
            z = y
            a = b = y + z
            c = y.detach()
            d = torch.zeros(2)
            return y
        """,
        ["y = (x * 2).detach()"],
        "f(leaf()).requires_grad",
    ),
    Example(
        "without_gradients",
        """
        class C:
            def __init__(self):
                self.x = 1

            def f(self, x):
                \"\"\"Double.\"\"\"
                return 2 * x
        """,
        ["with torch.no_grad():", "return 2 * x"],
        "C().f(leaf()).requires_grad",
    ),
    Example(
        "with_gradients",
        """
        @torch.no_grad()
        def f(x):
            return x + 1


        def g(x):
            with torch.no_grad():
                return x + 1
        """,
        ["if True:"],
        "not f(leaf()).requires_grad and not g(leaf()).requires_grad",
    ),
    Example(
        "parameters_swapped",
        """
        def f(a, b=1, c=2):
            return a - b - c
        """,
        ["def f(b, a=1, c=2):", "def f(a, c=1, b=2):"],
        "f(5, 1, 2) == 2 and f(5) == 2",
    ),
    Example(
        "arguments_swapped",
        "def f(a, b): return divmod(a, b), max(a, b), print(*a, b), dict(a, c=b)",
        ["def f(a, b): return divmod(b, a), max(a, b), print(*a, b), dict(a, c=b)"],
        "True",
    ),
    Example(
        "arguments_swapped",
        "def f(a, b): return pow(a, b)",
        ["def f(a, b): return pow(b, a)"],
        "f(2, 3) == 8",
    ),
    Example(
        "argument_ignored",
        """
        def f(a, lr, every=1):
            \"\"\"Add.\"\"\"
            return a + lr + every
        """,
        ["lr = 0.1", "every = 1"],
        "f(1, 2, 3) == 6",
    ),
    Example(
        "not_in_place",
        """
        def f(x, y):
            x += y + 1
            x @= y
        """,
        ["x = x + (y + 1)"],
        "changed(f, A)",
    ),
    Example(
        "in_place",
        """
        def f(x, y):
            x = x * y
            x = y * x
            return x
        """,
        ["x *= y"],
        "not changed(f, A)",
    ),
    Example(
        "method_in_place",
        "def f(x, y): return x.add(y).exp_().log() + torch.exp(-y) + torch.exp(y)",
        [
            "def f(x, y): return x.add(y).exp().log() + torch.exp(-y) + torch.exp(y)",
            "def f(x, y): return x.add_(y).exp_().log() + torch.exp(-y) + torch.exp(y)",
            "def f(x, y): return x.add(y).exp_().log() + torch.exp(-y) + torch.exp_(y)",
        ],
        "not changed(f, A)",
    ),
    Example(
        "kept_on_class",
        """
        class C:
            def __init__(self, a):
                self.a = a
                b = a
        """,
        ["type(self).a = a"],
        "(C(1), C(2))[0].__dict__ == {'a': 1}",
    ),
    Example(
        "made_with_class",
        """
        class C:
            \"\"\"Collects.\"\"\"

            def __init__(self, a):
                self.a = a
                self.points: list[int] = []
                self.lines = {}
        """,
        ["points = []", "pass", "lines = {}", "pass"],
        "C(1).points is not C(2).points",
    ),
    Example(
        "computed_once",
        """
        class C:
            def f(self, x):
                return [x]

            def g(self):
                return
        """,
        ['@__import__("functools").cache  # f'],
        "(lambda c: c.f(1) is not c.f(1))(C())",
    ),
)


class Recorder:
    """Records the calls of its methods, in whatever order."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., bool]:
        def method(*_arguments: object) -> bool:
            self.calls.append(name)
            return False

        return method

    def __call__(self, _batch: object) -> Recorder:
        self.calls.append("()")
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        pass


def calls_of(function: Callable[..., object], *arguments: object) -> list[str]:
    recorder = Recorder()
    function(recorder, *arguments)
    return recorder.calls


def raises(function: Callable[..., object], *arguments: object) -> bool:
    try:
        function(*arguments)
    except NotImplementedError:
        return True
    return False


def changed(function: Callable[..., object], value: torch.Tensor) -> bool:
    """Whether a function of two tensors writes into the first."""
    copy = value.clone()
    function(copy, value)
    return not copy.equal(value)


def leaf() -> torch.Tensor:
    return torch.ones(2, requires_grad=True)


A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
KNOWN = {
    "torch": torch,
    "A": A,
    "AA": A @ A,
    "B": torch.tensor([[0.0, 1.0], [1.0, 1.0]]),
    "DataLoader": lambda _data, shuffle=False: shuffle,
    "calls_of": calls_of,
    "raises": raises,
    "changed": changed,
    "leaf": leaf,
}


def made(example: Example) -> list[Mutant]:
    """The mutants that the example's operator makes of its program."""
    source = textwrap.dedent(example.source).strip() + "\n"
    return [one for one in mutants_of_file(source, "f") if one.operators == (example.operator,)]


def holds(source: str, example: Example) -> bool:
    program: dict[str, Any] = dict(KNOWN)
    exec(compile(source, "<example>", "exec"), program)  # noqa: S102 - the programs above
    try:
        return bool(eval(example.holds, program))  # noqa: S307 - the expressions above
    except (TypeError, ValueError, RuntimeError, IndexError, AttributeError, NameError):
        return False


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.operator)
def test_an_operator_makes_just_these_mutants(example: Example) -> None:
    added = [
        line.removeprefix("+").strip() for one in made(example) for line in one.diff if line.startswith("+")
    ]
    assert added == example.adds


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.adds and one.holds != "True"], ids=lambda one: one.operator
)
def test_something_that_an_operator_makes_is_noticed(example: Example) -> None:
    assert holds(textwrap.dedent(example.source).strip(), example)
    assert not all(holds(one.source, example) for one in made(example))


def test_each_operator_has_examples() -> None:
    noticed = {one.operator for one in EXAMPLES if one.adds and one.holds != "True"}
    assert noticed == {operator.__name__ for _kind, operator in OPERATORS}
