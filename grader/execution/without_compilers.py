"""Let `torch.compile` and `torch.jit` hand back what they are given, while a student's program runs.

A compiled answer is as right as what it was compiled from, but can't be asked everywhere: in the sandbox, and
on many students' machines, there is no compiler of C++ for `torch.compile`. So answers are judged as they
were written, and get the same verdict on every machine.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import torch
from torch.jit import _state as jit_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType

COMPILERS: Final = (torch.compile, torch.jit.freeze, torch.jit.optimize_for_inference)
"""The functions that have no switch of their own. Methods such as `nn.Module.compile` call one of them."""
DYNAMO_SWITCH: Final = "TORCHDYNAMO_DISABLE"
"""The variable that makes `torch._dynamo.optimize`, below `torch.compile`, do nothing."""
FORWARD_MODE: Final = re.compile(r"\b(?:jvp|jacfwd|hessian|linearize|forward_ad)\b")
"""What may use forward-mode differentiation: torch itself compiles functions for it, at its first use."""


def prepare_for(source: str) -> None:
    """Let torch compile what it needs itself for a program, while it can."""
    if FORWARD_MODE.search(source):
        importlib.import_module("torch._decomp.decompositions_for_jvp")


@contextlib.contextmanager
def without_compilers() -> Iterator[None]:
    """In the block, `torch.compile` and `torch.jit` return what they are given, and nothing is compiled.

    That holds for names that were imported before, `from torch import compile`, and for functions that
    `torch.compile` returned before. Torch's compiler is not imported for it.
    """
    with contextlib.ExitStack() as stack:
        for compiler in COMPILERS:
            stack.enter_context(_returning_its_argument(compiler))
        stack.enter_context(_without_jit())
        stack.enter_context(_without_dynamo())
        yield


@contextlib.contextmanager
def _returning_its_argument(function: FunctionType | Any) -> Iterator[None]:  # noqa: ANN401 - see `COMPILERS`
    """In the block, a function returns its first argument, or without one a decorator that does so.

    Its code is replaced: names that were imported before, `from torch import compile`, are the same function.
    """
    before = function.__code__, function.__defaults__, function.__kwdefaults__
    function.__code__, function.__defaults__, function.__kwdefaults__ = _unchanged.__code__, (None,), None
    try:
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = before


def _unchanged(model: Any = None, *_options: Any, **_settings: Any) -> Any:  # noqa: ANN401 - any answer
    """Return what is to be compiled."""
    return (lambda decorated: decorated) if model is None else model


@contextlib.contextmanager
def _without_jit() -> Iterator[None]:
    """Switch `torch.jit` off, as the documented variable `PYTORCH_JIT=0` does."""
    is_enabled = bool(jit_state._enabled)  # noqa: SLF001 - it has no other name
    jit_state.disable()
    try:
        yield
    finally:
        if is_enabled:
            jit_state.enable()


@contextlib.contextmanager
def _without_dynamo() -> Iterator[None]:
    """Switch off what `torch.compile` is made of, whether it is imported already or not."""
    before = os.environ.get(DYNAMO_SWITCH)
    os.environ[DYNAMO_SWITCH] = "1"
    is_imported = "torch._dynamo.eval_frame" in sys.modules
    try:
        with torch.compiler.set_stance("force_eager") if is_imported else contextlib.nullcontext():
            yield
    finally:
        if before is None:
            os.environ.pop(DYNAMO_SWITCH, None)
        else:
            os.environ[DYNAMO_SWITCH] = before
