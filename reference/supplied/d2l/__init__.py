"""The names of the book's package, for `from d2l import torch as d2l` and for `import d2l`."""

from __future__ import annotations

import typing

from . import torch

__all__ = [name for name in torch.__all__ if name not in {"d2l", "torch"}]
__version__ = "1.0.3"


def __getattr__(name: str) -> typing.Any:
    """Return what `d2l.torch` has under a name."""
    return getattr(torch, name)


def not_pytorch(name: str) -> typing.NoReturn:
    """Refuse every name of another framework's edition; its module has this as its `__getattr__`."""
    if name.startswith("__"):
        raise AttributeError(name)  # Python itself looks these up, and expects this exception
    raise ImportError("this course uses PyTorch: write `from d2l import torch as d2l`")
