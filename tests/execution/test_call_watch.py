"""Watching calls: what is seen in every spelling, and what is said where something may not have been seen."""

from __future__ import annotations

import _thread
import cProfile
import math
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import special
from torch.autograd import Variable, forward_ad
from torch.nn import functional
from torch.utils._python_dispatch import _disable_current_modes

from grader.execution import call_watch, observe
from grader.execution.call_watch import AUTOGRAD, Calls, bare_name, watching

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.records.protocol import Disturbance

X = torch.tensor([[1.0, 2.0, -0.5], [0.0, 1.0, 3.0]])


def calls_of(function: Callable[[torch.Tensor], Any]) -> Calls:
    """Return what was recorded of a call."""
    call_watch.remember()
    calls = Calls()
    with watching(calls):
        function(X)
    return calls


class Subclass(torch.optim.SGD):
    """A student's own name for torch's optimizer."""


class Wrapped(torch.Tensor):
    """A tensor all of whose operations are something else."""

    @staticmethod
    def __new__(cls: type, held: torch.Tensor) -> Any:  # noqa: ANN401 - as torch says
        return torch.Tensor._make_wrapper_subclass(cls, held.shape)

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls,
        func: Any,  # noqa: ANN401
        types: Any,  # noqa: ANN401
        args: Any = (),  # noqa: ANN401
        kwargs: Any = None,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return torch.softmax(X, 1)


aliased_softmax = torch.softmax
SCRIPT = torch.jit.CompilationUnit("def answer(x):\n    return torch.softmax(x, 1)\n")
SCRIPTED_LOSS = torch.jit.script(torch.nn.CrossEntropyLoss())
Descent = torch.optim.SGD


def without_modes(x: torch.Tensor) -> torch.Tensor:
    """Call a function where torch's modes are switched off."""
    with torch._C.DisableTorchFunction(), _disable_current_modes():
        return torch.softmax(x, 1)


def without_record(x: torch.Tensor) -> torch.Tensor:
    """Call a function while torch doesn't record functions; Python's profile doesn't see what `map` calls."""
    list(map(torch._C._autograd._enable_record_function, [False]))
    result = torch.softmax(x, 1)
    list(map(torch._C._autograd._enable_record_function, [True]))
    return result


def in_inference_mode(x: torch.Tensor) -> torch.Tensor:
    """Call a composite function where it is dispatched as a whole."""
    with torch.inference_mode():
        return torch.softmax(x, 1)


def in_callback(x: torch.Tensor) -> torch.Tensor:
    """Call a function from within another one."""
    found: list[torch.Tensor] = []

    def called_back(value: float) -> float:
        found.append(torch.softmax(x, 1))
        return value

    torch.zeros(1, dtype=torch.float64).apply_(called_back)
    return found[0]


def in_thread(x: torch.Tensor) -> None:
    """Call a function in a thread."""
    thread = threading.Thread(target=lambda: torch.softmax(x, 1))
    thread.start()
    thread.join()


def in_pool(x: torch.Tensor) -> torch.Tensor:
    """Call a function in a thread of a pool."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(torch.softmax, x, 1).result()


@pytest.mark.parametrize(
    "spelling",
    [
        lambda x: torch.softmax(x, 1),
        lambda x: aliased_softmax(x, 1),
        lambda x: x.softmax(dim=-1),
        lambda x: torch.Tensor.softmax(x, 1),
        lambda x: functional.softmax(x, dim=1),
        lambda x: special.softmax(x, 1),
        torch.nn.Softmax(dim=1),
        lambda x: torch.ops.aten.softmax(x, 1),
        lambda x: torch.ops.aten._softmax.default(x, 1, False),
        lambda x: torch._softmax(x, 1, half_to_float=False),
        lambda x: torch._C._VariableFunctions.softmax(x, 1),
        torch.vmap(lambda row: torch.softmax(row, 0)),
        lambda x: getattr(torch, "soft" + "max")(x, 1),
        SCRIPT.answer,
        torch.jit.script(torch.nn.Softmax(dim=1)),
        lambda x: Wrapped(x).exp(),
        without_modes,
        without_record,
        in_inference_mode,
        in_callback,
        in_thread,
        in_pool,
    ],
)
def test_a_function_of_torch_is_seen_in_every_spelling(spelling: Callable[[torch.Tensor], Any]) -> None:
    calls = calls_of(spelling)
    assert "softmax" in {bare_name(name.rpartition(".")[2]) for name in calls.called | calls.operations}


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda x: x.clone().relu_(), "relu"),
        (torch.special.expit, "sigmoid"),
        (lambda x: torch._foreach_tanh([x]), "tanh"),
        (lambda x: functional.cross_entropy(x, torch.tensor([0, 1])), "cross_entropy_loss"),
        (lambda x: SCRIPTED_LOSS(x, torch.tensor([0, 1])), "nll_loss"),
        (functional.gumbel_softmax, "torch.nn.functional.gumbel_softmax"),
        (torch.nn.ReLU(), "torch.nn.modules.activation.ReLU.forward"),
        (lambda x: torch.optim.SGD([x.clone().requires_grad_()], lr=1), "torch.optim.sgd.SGD.__init__"),
        (lambda x: Descent([x.clone().requires_grad_()], lr=1), "torch.optim.sgd.SGD.__init__"),
        (lambda x: Subclass([x.clone().requires_grad_()], lr=1), "torch.optim.sgd.SGD.__init__"),
    ],
)
def test_functions_have_their_bare_names_and_python_functions_their_module(
    call: Callable[..., Any], name: str
) -> None:
    assert name in calls_of(call).called


def test_an_optimizer_is_seen_where_no_python_function_is() -> None:
    def step(x: torch.Tensor) -> None:
        sys.setprofile(None)
        torch.optim.SGD([x.clone().requires_grad_()], lr=0.1).step()

    calls = calls_of(step)
    assert "torch.optim" in calls.called
    assert calls.disturbances == {"profile"}


def leaf() -> torch.Tensor:
    """Return a tensor to differentiate by."""
    return X.clone().requires_grad_()


def forward_mode(_x: torch.Tensor) -> None:
    """Differentiate in forward mode, below the public functions."""
    with forward_ad.dual_level():
        dual = torch._VF._make_dual(X, X, level=0)
        torch._VF._unpack_dual(dual * dual, level=0)


def engine(_x: torch.Tensor) -> None:
    """Call the engine itself."""
    run = Variable._execution_engine.run_backward
    run((leaf().square().sum(),), (torch.ones(()),), False, False, (), accumulate_grad=True)


@pytest.mark.parametrize(
    ("differentiated", "name"),
    [
        (lambda _: leaf().square().sum().backward(), AUTOGRAD),
        (engine, AUTOGRAD),
        (torch.func.grad(lambda x: x.square().sum()), AUTOGRAD),
        (torch.func.jacfwd(lambda x: x.square().sum()), "make_dual"),
        (forward_mode, "make_dual"),
    ],
)
def test_automatic_differentiation_is_seen_however_it_is_started(
    differentiated: Callable[[torch.Tensor], Any], name: str
) -> None:
    assert name in calls_of(differentiated).called


def test_what_is_written_from_scratch_calls_only_what_it_says() -> None:
    calls = calls_of(lambda x: x.exp() / x.exp().sum(1, keepdim=True))
    assert calls.operations == {"exp", "sum", "div"}
    assert not {name for name in calls.called if "." in name}
    assert calls.disturbances == set()


def test_a_printed_tensor_is_no_disturbance() -> None:
    assert calls_of(repr).disturbances == set()


def test_a_long_loop_is_recorded_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_watch, "OPERATIONS_AT_ONCE", 10)

    def loop(x: torch.Tensor) -> None:
        torch.softmax(x, 1)
        for _ in range(50):
            x.exp()
        torch.tanh(x)

    calls = calls_of(loop)
    assert {"softmax", "exp", "tanh"} <= calls.called
    assert calls.disturbances == set()


def profile_for_a_while(x: torch.Tensor) -> None:
    """Remove the profile function and put it back, unseen by it."""
    before = sys.getprofile()
    list(map(sys.setprofile, [None]))
    torch.optim.SGD([x], lr=0.1)
    list(map(sys.setprofile, [before]))


def record_anew(x: torch.Tensor) -> None:
    """Lose what torch has recorded, and let it record again."""
    switched = torch._C._autograd
    list(starmap(switched._disable_profiler_legacy, [()]))
    torch.softmax(x, 1)
    list(map(switched._enable_profiler_legacy, [call_watch._CONFIG]))


def raw_thread(x: torch.Tensor) -> None:
    """Start a thread below the module `threading`."""
    done = _thread.allocate_lock()
    done.acquire()

    def run() -> None:
        torch.softmax(x, 1)
        done.release()

    _thread.start_new_thread(run, ())
    done.acquire()


def unwatched_thread(x: torch.Tensor) -> None:
    """Start a thread that nothing is told of."""
    threading.setprofile(None)
    in_thread(x)


@pytest.mark.parametrize(
    ("disturbed", "said"),
    [
        (lambda _: sys.setprofile(None), {"profile"}),
        (profile_for_a_while, {"profile"}),
        (lambda _: torch._C._autograd._enable_record_function(False), {"record"}),
        (lambda _: torch._C._autograd._disable_profiler_legacy(), {"record"}),
        (record_anew, {"record"}),
        (without_record, {"record"}),
        (lambda _: torch._C._pop_torch_dispatch_stack(None), {"mode"}),
        (raw_thread, {"thread"}),
        (unwatched_thread, {"thread"}),
    ],
)
def test_whatever_switches_an_observer_off_is_said(
    disturbed: Callable[[torch.Tensor], Any], said: set[Disturbance]
) -> None:
    try:
        assert calls_of(disturbed).disturbances == said
    finally:
        torch._C._autograd._enable_record_function(True)
    assert sys.getprofile() is None
    assert torch._C._len_torch_dispatch_stack() == 0
    assert not torch._C._autograd._profiler_enabled()


def test_a_thread_that_the_program_has_started_before_is_said() -> None:
    call_watch.remember()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    calls = Calls()
    with watching(calls):
        X.exp()
    done.set()
    thread.join()
    assert calls.disturbances == {"thread"}


def test_functions_of_the_watch_that_were_replaced_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    call_watch.remember()
    monkeypatch.setattr(call_watch._FunctionRecord, "_add", lambda *_: None)
    calls = Calls()
    with watching(calls):
        torch.softmax(X, 1)
    assert "replaced" in calls.disturbances
    monkeypatch.undo()
    call_watch.remember()
    monkeypatch.setattr(observe, "_recorded", dict)
    calls = Calls()
    with watching(calls):
        torch.softmax(X, 1)
    assert calls.disturbances == {"replaced"}


def test_whoever_profiled_before_does_so_after() -> None:
    def profile(*_event: object) -> None:
        """Look at nothing."""

    sys.setprofile(profile)
    try:
        calls_of(lambda x: x)
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(None)


def test_a_run_under_cprofile_sees_the_same_and_is_profiled_on() -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    try:
        calls = calls_of(lambda x: x.exp())
        math.hypot(3, 4)
    finally:
        profiler.disable()
    assert calls.operations == {"exp"}
    assert calls.disturbances == set()
    assert any("hypot" in str(one.code) for one in profiler.getstats())


def test_bare_names_drop_what_spellings_differ_in() -> None:
    spellings = ["relu", "relu_", "_foreach_relu_", "special_relu", "_relu"]
    assert {bare_name(one) for one in spellings} == {"relu"}
