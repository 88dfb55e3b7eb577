"""A mode that sees operations doesn't import torch's compiler, as torch's own base would."""

from __future__ import annotations

import subprocess
import sys

import pytest

USE = """
import sys
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from grader.execution.dispatch_mode import PlainDispatchMode


class Mode({}):
    seen = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.seen.append(func)
        return func(*args, **(kwargs or {{}}))


with Mode():
    torch.ones(1) + 1
assert Mode.seen
print("torch._dynamo" in sys.modules)
"""


@pytest.mark.parametrize(("base", "imports"), [("PlainDispatchMode", "False"), ("TorchDispatchMode", "True")])
def test_the_compiler_is_not_imported(base: str, imports: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", USE.format(base)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == imports
