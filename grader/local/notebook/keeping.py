"""Leave a student's kernel as it was: numbers to come, settings, figures, names, and what is printed."""

from __future__ import annotations

import contextlib
import io
import random
import sys
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.execution.torch_state import TorchState, current, put

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_KEPT: Final = 100_000
FRESH: Final = TorchState(torch.float32, gradients=True, device=torch.device("cpu"))
"""The settings in which checks judge, whatever the notebook has set."""
PASSED_OVER: Final = "breakpoint() is passed over while checks run: call your code yourself to look into it\n"


class Beginning(io.StringIO):
    """Keeps the beginning of what is written: a loop that never ends may print in it."""

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        super().write(text[: max(0, MAX_KEPT - self.tell())])
        return len(text)


@contextlib.contextmanager
def kept(namespace: dict[str, Any]) -> Iterator[Beginning]:
    """Let the block do what it likes to the process, undo it afterwards, and yield what it prints.

    Undone is what is done to random numbers, settings of torch, figures of matplotlib, and to which objects
    the names in a notebook's `namespace` stand for.
    """
    output = Beginning()
    with contextlib.ExitStack() as stack:
        for keep in (_settings(), _numbers(), _names(namespace), _figures(), _no_breakpoint(output)):
            stack.enter_context(keep)
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(output))
        yield output


@contextlib.contextmanager
def _settings() -> Iterator[None]:
    theirs = current()
    put(FRESH)
    try:
        yield
    finally:
        put(theirs)


@contextlib.contextmanager
def _numbers() -> Iterator[None]:
    numpy: Any = sys.modules.get("numpy")
    ours, arrays = random.getstate(), numpy.random.get_state() if numpy else None
    tensors = torch.get_rng_state()
    on_gpus = torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else None
    try:
        yield
    finally:
        random.setstate(ours)
        torch.set_rng_state(tensors)
        if numpy:
            numpy.random.set_state(arrays)
        if on_gpus is not None:
            torch.cuda.set_rng_state_all(on_gpus)


@contextlib.contextmanager
def _names(namespace: dict[str, Any]) -> Iterator[None]:
    before = dict(namespace)
    try:
        yield
    finally:
        for name in namespace.keys() - before.keys():
            del namespace[name]
        namespace.update(before)


@contextlib.contextmanager
def _figures() -> Iterator[None]:
    """Close the figures that were opened; otherwise the notebook would show them below the cell."""
    before = _opened()
    try:
        yield
    finally:
        for number in _opened() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _opened() -> set[int]:
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


@contextlib.contextmanager
def _no_breakpoint(output: io.StringIO) -> Iterator[None]:
    """Let no debugger open: nobody would see its prompt."""
    before = sys.breakpointhook
    sys.breakpointhook = lambda *_args, **_options: output.write(PASSED_OVER) and None
    try:
        yield
    finally:
        sys.breakpointhook = before
