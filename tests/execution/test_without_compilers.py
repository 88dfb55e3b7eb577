"""What compiles returns what it was given, while a student's program runs, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import compile as imported_before
from torch import nn
from torch.jit import script as script_imported_before

from grader.execution.student_code import Answers
from grader.execution.without_compilers import COMPILERS, DYNAMO_SWITCH, without_compilers
from grader.records.protocol import Ask
from grader.records.sources import Cell, SourceFile
from grader.records.values import record

if TYPE_CHECKING:
    from collections.abc import Callable

X = torch.tensor([-1.0, 2.0])


class Net(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.clamp(min=0)


def relu(x: torch.Tensor) -> torch.Tensor:
    return x.clamp(min=0)


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.parametrize(
    "compiled",
    [
        torch.compile,
        lambda given: torch.compile(model=given),
        lambda given: torch.compile(given, backend="inductor", fullgraph=True, mode="max-autotune"),
        lambda given: torch.compile(fullgraph=True, dynamic=False)(given),  # noqa: PLW0108 - called in the block
        lambda given: torch.compile()(given),  # noqa: PLW0108 - as above
        torch.compiler.compile,
        imported_before,
        torch.jit.script,
        script_imported_before,
        lambda given: torch.jit.trace(given, X),
        lambda given: torch.jit.trace(given, example_inputs=(X,), check_trace=False),
        lambda given: torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.script(given))),
        torch.jit.ignore,
        torch.jit.unused,
        torch.jit.export,
    ],
)
@pytest.mark.parametrize("given", [relu, Net()], ids=["function", "module"])
def test_what_compiles_returns_what_it_was_given(compiled: Callable[[Any], Any], given: Any) -> None:  # noqa: ANN401
    with without_compilers():
        assert compiled(given) is given


def test_a_module_that_compiles_itself_computes_as_before() -> None:
    net = Net()
    with without_compilers():
        net.compile(mode="max-autotune")
        assert net(X).equal(relu(X))
    assert net(X).equal(relu(X)), "also when it is used again, by a test of the student's own"


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_nothing_stays_replaced() -> None:
    def state() -> list[object]:
        functions = [(one.__code__, one.__defaults__, one.__kwdefaults__) for one in COMPILERS]
        return [*functions, os.environ.get(DYNAMO_SWITCH)]

    before = state()
    with pytest.raises(ValueError, match="an error"), without_compilers():
        int("an error in the block")
    assert state() == before
    assert isinstance(torch.jit.script(relu), torch.jit.ScriptFunction)


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.parametrize("value", ["0", "1"])
def test_what_a_user_has_switched_off_stays_so(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(DYNAMO_SWITCH, value)
    torch.jit._state.disable()
    try:
        with without_compilers():
            pass
        assert torch.jit.script(relu) is relu
        assert os.environ[DYNAMO_SWITCH] == value
    finally:
        torch.jit._state.enable()


ANSWERS = """
import torch
from torch import compile as faster

@torch.compile(mode="reduce-overhead")
def relu(X):
    return torch.max(X, torch.zeros_like(X))

@torch.jit.script
def sigmoid(X):
    return torch.sigmoid(X)

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.act = faster(torch.jit.trace(torch.nn.Tanh(), torch.ones(2)))

    def forward(self, X):
        return self.act(X)

def tanh(X):
    return torch.jit.script(Net())(X)
"""


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_answers_that_compile_are_right_and_seen_through() -> None:
    names = ("relu", "sigmoid", "tanh")
    file = SourceFile("answer.py", "answer", (Cell(None, ANSWERS),))
    answers = Answers((file,), {name: (name,) for name in names}, {})
    for name in names:
        ask = Ask(f"{name}(X)", {"X": record(X)}, 1, watch_calls=True)
        ((seen, _error),) = answers.ask(name, 0, [ask], 5)
        assert seen.raised is None
        assert seen.result == record(getattr(torch, name)(X))
        assert (name in seen.called) is (name != "relu"), "a ready-made function is seen within"


IN_A_PROCESS = """
import sys
import torch
from grader.execution.without_compilers import without_compilers

def relu(X):
    return torch.max(X, torch.zeros_like(X))

with without_compilers():
    assert torch.compile(relu) is torch.compile(mode="default")(relu) is relu
    assert "torch._dynamo" not in sys.modules

graphs = []

def backend(graph, inputs):
    graphs.append(graph)
    return graph.forward

compiled = torch.compile(relu, backend=backend)
with without_compilers():
    import torch._dynamo
    assert torch._dynamo.optimize(backend)(relu) is relu
    assert compiled(torch.ones(2)).sum() == 2
    assert not graphs
assert compiled(torch.ones(2)).sum() == 2
assert graphs
"""


def test_the_compiler_is_not_imported_and_what_is_compiled_already_runs_as_written() -> None:
    subprocess.run([sys.executable, "-c", IN_A_PROCESS], check=True)


@pytest.mark.parametrize("way", ["torch.func.jacfwd(f)(x)", "torch.autograd.functional.hessian(f, x)"])
def test_what_torch_compiles_for_itself_works(way: str) -> None:
    """In a process of its own, in which no other test has used forward-mode differentiation."""
    code = (
        "import torch\n"
        "from grader.execution.student_code import Answers\n"
        "from grader.records.protocol import Ask\n"
        "from grader.records.sources import Cell, SourceFile\n"
        f"source = 'import torch\\nf = lambda x: torch.logsumexp(x, 0)\\ndef slope(x): return {way}'\n"
        "file = SourceFile('a.py', None, (Cell(None, source),))\n"
        "answers = Answers([file], {'slope': ('slope',)}, {'x': torch.ones(3)})\n"
        "((seen, error),) = answers.ask('slope', 0, [Ask('slope(x)', {}, 1)], 60)\n"
        "print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("None", "")
