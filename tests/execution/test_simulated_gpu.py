"""Code that would fail on a GPU is found without one, at the line that would; code that works never is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from grader.execution.observe import observe
from grader.execution.simulated_gpu import CannotTell, Mismatch, SimulatedGpu
from grader.records.protocol import CANNOT_TELL, MISMATCH, Ask
from grader.records.values import Tensor, record

if TYPE_CHECKING:
    from collections.abc import Callable

    Code = Callable[[torch.Tensor, torch.Tensor], Any]

BEFORE = torch.zeros(2, 3)


def run(code: Code) -> tuple[SimulatedGpu, Any]:
    """Run code on a matrix of shape (2, 3) and on two labels, which are marked as being on a GPU."""
    gpu = SimulatedGpu()
    x, y = torch.arange(6.0).reshape(2, 3), torch.tensor([0, 2])
    for one in (x, y):
        gpu.set_location(one, "gpu")
    with gpu.active():
        return gpu, code(x.requires_grad_(), y)


def put(z: torch.Tensor, where: Any, what: Any) -> torch.Tensor:  # noqa: ANN401 - as in z[where] = what
    z[where] = what
    return z


def added(z: torch.Tensor, what: torch.Tensor) -> torch.Tensor:
    z += what
    return z


def gradient(x: torch.Tensor, weights: torch.Tensor | None = None) -> torch.Tensor | None:
    (x * x if weights is not None else (x * x).sum()).backward(weights)
    return x.grad


WORKS: dict[str, Code] = {
    "softmax": lambda x, _: x.exp() / x.exp().sum(1, keepdim=True),
    "beside an argument": lambda x, _: torch.max(x, torch.zeros_like(x)),
    "new_": lambda x, _: x + x.new_ones(3),
    "device=": lambda x, _: x + torch.ones(3, device=x.device),
    "the device's name": lambda x, _: x + torch.ones(3, device="cuda"),
    "if there is one": lambda x, _: x + torch.ones(3, device="cuda" if torch.cuda.is_available() else "cpu"),
    "to a device": lambda x, _: x + torch.ones(3).to(x.device),
    "to another tensor": lambda x, _: x + torch.ones(3, dtype=torch.int64).to(x),
    "type_as": lambda x, _: x + torch.ones(3).type_as(x),
    "cuda()": lambda x, _: x + torch.ones(3).cuda(),
    "a number in a tensor": lambda x, _: x * torch.tensor(2.0) + torch.where(x > 0, x, torch.tensor(0.0)),
    "a number from before": lambda x, _: x + BEFORE.sum(),
    "a list as an index": lambda x, _: x[[0, 1], [1, 2]],
    "an index from the CPU": lambda x, _: x[torch.tensor([1, 0])],
    "a range and labels": lambda x, y: x[range(2), y],
    "a mask": lambda x, _: put(x.detach().clone(), x > 1, 0.0),
    "a row from the CPU is copied": lambda x, _: put(x.detach().clone(), 0, torch.zeros(3)),
    "a number decides": lambda x, _: x if x.sum().item() > 0 else -x,
    "a loop": lambda x, _: sum(row for row in x),
    "a list of results": lambda x, _: torch.stack([row.sum() for row in x]),
    "one_hot makes a range by itself": lambda _, y: torch.nn.functional.one_hot(y, 3),
    "a gradient": lambda x, _: gradient(x),
    "a gradient with weights": lambda x, _: gradient(x, torch.ones_like(x)),
    "a layer that was moved": lambda x, _: torch.nn.Linear(3, 2).to(x.device)(x),
    "a copy of a tensor": lambda x, _: torch.as_tensor(x.detach()),
    "another dtype": lambda x, y: x.double() + y.float().sum(),
}
BREAKS: dict[str, Code] = {
    "zeros": lambda x, _: torch.max(x, torch.zeros(2, 3)),
    "zeros, changed": lambda x, _: added(torch.zeros(2, 3), x.detach()),
    "random numbers": lambda x, _: x * (torch.rand(x.shape) > 0.5),
    "a product": lambda x, _: x @ torch.ones(3),
    "einsum": lambda x, _: torch.einsum("ij,jk->ik", x, torch.ones(3, 2)),
    "a range is compared": lambda _, y: y[:, None] == torch.arange(3),
    "rows of eye": lambda _, y: torch.eye(3)[y],
    "cat": lambda x, _: torch.cat((x, torch.zeros(1, 3))),
    "a new layer": lambda x, _: torch.nn.Linear(3, 2)(x),
    "numpy()": lambda x, _: x.detach().numpy(),
    "a function of NumPy": lambda x, _: np.exp(x.detach()),
    "back to the CPU": lambda x, _: x.cpu() + x,
    "weights of a gradient": lambda x, _: gradient(x, torch.ones(2, 3)),
    "only the dtype is taken": lambda x, _: x + torch.ones(2, 3).type(x.dtype),
    "all close": lambda x, _: torch.allclose(x, torch.ones(2, 3)),
}
UNKNOWN: dict[str, Code] = {
    "made before the call": lambda x, _: x + BEFORE,
    "a device that is said": lambda x, _: x + torch.ones(3, device="cpu"),
    "from NumPy": lambda x, _: x + torch.from_numpy(np.ones(3, dtype=np.float32)),
    "a number on the CPU is changed": lambda x, _: added(torch.tensor(0.0), x.detach().sum()),
    "values from the CPU": lambda x, _: put(x.detach().clone(), torch.tensor([0]), torch.zeros(1, 3)),
    "vmap": lambda x, _: torch.vmap(lambda row: row.sum())(x),
    "sparse": lambda x, _: x.detach().to_sparse(),
}


@pytest.mark.parametrize("name", WORKS)
def test_what_works_is_not_blamed(name: str) -> None:
    gpu, result = run(WORKS[name])
    assert gpu.location(result) == "gpu"
    assert gpu.unknown_reason == ""


@pytest.mark.parametrize("name", BREAKS)
def test_what_would_raise_raises(name: str) -> None:
    with pytest.raises(Mismatch, match=r"same device|cuda:0 device type tensor"):
        run(BREAKS[name])


@pytest.mark.parametrize("name", UNKNOWN)
def test_where_it_takes_a_gpu_to_know_nothing_is_said(name: str) -> None:
    with pytest.raises(CannotTell):
        run(UNKNOWN[name])


def test_a_result_stays_where_it_was_made() -> None:
    def fills(x: torch.Tensor, _y: torch.Tensor) -> torch.Tensor:
        made = torch.zeros(2)
        for row in range(2):
            made[row] = x[row, 0]
        return made

    gpu, result = run(fills)
    assert gpu.location(result) == "cpu"
    gpu, result = run(lambda x, _: torch.tensor(x.tolist()))
    assert gpu.location(result) == "cpu"
    gpu, result = run(lambda x, _: x.cpu())
    assert gpu.location(result) == "cpu"


def test_code_that_asks_about_devices_is_told() -> None:
    _gpu, seen = run(
        lambda x, y: (x.device.type, x.is_cuda, x.is_cpu, y.get_device(), torch.ones(1).device.type)
    )
    assert seen == ("cuda", True, False, 0, "cpu")
    assert run(lambda *_: torch.cuda.is_available())[1]
    assert "lambda" not in torch.cuda.is_available.__qualname__, "afterwards it is torch's own again"


ALONE = """
import sys, torch
from grader.execution.simulated_gpu import SimulatedGpu
gpu = SimulatedGpu()
x = gpu.set_location(torch.ones(2, 3), "gpu")
before = set(sys.modules)
with gpu.active():
    torch.exp(x) / x.sum(1, keepdim=True)
print(sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def test_it_imports_nothing_large() -> None:
    """torch's own modes import a compiler when they are first used, which takes as long as all of torch."""
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# As questions are asked -------------------------------------------------------------------------

FILE = "answers.py"
SWALLOWS = """
ONES = torch.ones(3)
def answer(x):
    try:
        return x + ONES
    except BaseException:
        return torch.ones(1)
"""


def asked(source: str, call: str = "answer(x)") -> Any:  # noqa: ANN401 - an observation
    names: dict[str, object] = {}
    exec(compile(f"import torch\n{source}", FILE, "exec"), names)  # noqa: S102 - as a student's file is run
    ask = Ask(call, {"x": record(torch.ones(2, 3))}, seed=1, on_simulated_gpu=True)
    return observe(ask, names, files={FILE})[0]


def test_a_result_says_where_it_is_and_so_do_its_members() -> None:
    seen = asked("def answer(x):\n    return x + 1, [torch.zeros(2), 3]")
    assert seen.argument_device == "cuda:0"
    first, (second, number) = seen.result.items[0], seen.result.items[1].items
    assert (first.device, second.device, number) == ("cuda:0", "cpu", 3)
    assert isinstance(first, Tensor)


def test_what_would_raise_is_shown_with_the_students_line() -> None:
    raised = asked("def answer(x):\n    return x + torch.ones(3)").raised
    assert raised.kind == MISMATCH
    assert "answers.py, line 3, in answer" in raised.lines


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("def answer(x):\n    return x.to_sparse()", "without a storage"),
        ("def answer(x):\n    raise KeyError('no')", "KeyError: 'no'"),
        (
            "def answer(x):\n    import copy\n    return copy.deepcopy(x)",
            "device of the resulting tensor is unknown",
        ),
        (SWALLOWS, "takes a tensor whose device is unknown"),
    ],
)
def test_all_else_is_no_verdict(source: str, why: str) -> None:
    raised = asked(source).raised
    assert raised.kind == CANNOT_TELL
    assert why in raised.message


def test_a_line_that_is_not_the_students_is_not_blamed() -> None:
    assert asked("def answer(x):\n    return x", "answer(x) + torch.ones(3)").raised.kind == CANNOT_TELL
