"""Run checks without changing the kernel: random state, torch's settings, figures, names and output."""

from __future__ import annotations

import contextlib
import io
import random
import sys
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.execution.torch_state import FRESH, current, put

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_OUTPUT: Final = 100_000
"""Characters of output that are kept."""
BREAKPOINT_IGNORED: Final = (
    "breakpoint() is ignored while checks run: to debug, call your function yourself\n"
)


class TruncatedOutput(io.StringIO):
    """Keeps only the beginning of the output, because an endless loop may print."""

    def write(self, text: str) -> int:
        """Write a text, up to `MAX_OUTPUT` characters in all; return its full length."""
        super().write(text[: max(0, MAX_OUTPUT - self.tell())])
        return len(text)


@contextlib.contextmanager
def isolated(namespace: dict[str, Any]) -> Iterator[TruncatedOutput]:
    """Restore the process after the block, and yield the output that the block prints.

    Restored are the random state, torch's settings, Matplotlib's figures, and the bindings of names in a
    notebook's `namespace`; changes inside objects are not undone.
    """
    output = TruncatedOutput()
    with contextlib.ExitStack() as stack:
        for context in (
            _torch_settings(),
            _random_state(),
            _bindings(namespace),
            _figures(),
            _no_breakpoint(output),
        ):
            stack.enter_context(context)
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(output))
        yield output


@contextlib.contextmanager
def _torch_settings() -> Iterator[None]:
    notebooks = current()
    put(FRESH)
    try:
        yield
    finally:
        put(notebooks)


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
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
def _bindings(namespace: dict[str, Any]) -> Iterator[None]:
    before = dict(namespace)
    try:
        yield
    finally:
        for name in namespace.keys() - before.keys():
            del namespace[name]
        namespace.update(before)


@contextlib.contextmanager
def _figures() -> Iterator[None]:
    """Close figures that the block opened: otherwise the notebook would show them below the cell."""
    before = _open_figures()
    try:
        yield
    finally:
        for number in _open_figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _open_figures() -> set[int]:
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


@contextlib.contextmanager
def _no_breakpoint(output: io.StringIO) -> Iterator[None]:
    """Ignore `breakpoint()`: the debugger's prompt would be hidden."""
    before = sys.breakpointhook
    sys.breakpointhook = lambda *_args, **_options: output.write(BREAKPOINT_IGNORED) and None
    try:
        yield
    finally:
        sys.breakpointhook = before
