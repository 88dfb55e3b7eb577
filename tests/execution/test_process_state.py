"""What a program changed in its process is put back before the next one is loaded."""

from __future__ import annotations

import os
import sys
import threading
import warnings
from types import ModuleType
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import torch

from grader.execution.lazy_dynamo import DYNAMO
from grader.execution.process_state import ProcessState, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANGES = {
    "a function is replaced": ("torch.relu = abs", "torch.relu is not abs"),
    "a method is replaced": ("torch.Tensor.sum = abs", "torch.ones(2).sum() == 2"),
    "a method is removed": ("del torch.nn.Linear.forward", "torch.nn.Linear(2, 3)(torch.ones(2)).ndim == 1"),
    "a function is added": ("torch.mine = abs", "not hasattr(torch, 'mine')"),
    "an attribute is added": ("torch.nn.Module.mine = 3", "not hasattr(torch.nn.Module(), 'mine')"),
    "a builtin is replaced": ("import builtins; builtins.len = abs", "len('abc') == 3"),
    "the dtype": ("torch.set_default_dtype(torch.float64)", "torch.get_default_dtype() is torch.float32"),
    "gradients are off": ("torch.set_grad_enabled(False)", "torch.is_grad_enabled()"),
    "more threads": ("torch.set_num_threads(3)", "torch.get_num_threads() == 1"),
    "anomalies": ("torch.autograd.set_detect_anomaly(True)", "not torch.is_anomaly_enabled()"),
    "how tensors look": ("torch.set_printoptions(precision=1)", "'1.2346' in str(torch.tensor(1.23456))"),
    "a variable": ("os.environ['LR'] = '0.1'", "'LR' not in os.environ"),
    "the folder": ("os.chdir('/')", "os.getcwd() == HOME"),
    "files": ("open('a', 'w').close(); os.makedirs('b/c'); os.symlink('/', 'd')", "os.listdir() == []"),
    "where modules are found": ("sys.path.insert(0, '/tmp')", "sys.path[0] != '/tmp'"),
    "how deep a recursion goes": ("sys.setrecursionlimit(123_456)", "sys.getrecursionlimit() != 123_456"),
    "where it prints": ("sys.stdout = None", "sys.stdout is not None"),
    "warnings": ("warnings.simplefilter('once', BytesWarning)", "warnings.filters[0][2] is not BytesWarning"),
    "open figures": ("plt.figure(); plt.rcParams['lines.linewidth'] = 9", "plt.get_fignums() == []"),
    "an import is replaced": ("sys.modules['json'] = None", "sys.modules['json'] is not None"),
    "an import is removed": ("del sys.modules['json']", "'json' in sys.modules"),
    "how things are imported": (
        "import builtins; builtins.__import__ = abs", "__import__('json').loads('1') == 1",
    ),
    "a method of tables": ("pd.DataFrame.mean = abs", "pd.DataFrame({'a': [1, 3]}).mean()['a'] == 2"),
    "how tables look": ("pd.set_option('display.max_rows', 3)", "pd.get_option('display.max_rows') == 60"),
    "how arrays look": ("np.set_printoptions(precision=1)", "'1.234' in str(np.array([1.234]))"),
    "what NumPy raises": ("np.seterr(all='raise')", "np.isinf(np.ones(1) / 0).all()"),
    "algorithms": (
        "torch.use_deterministic_algorithms(True)", "not torch.are_deterministic_algorithms_enabled()",
    ),
    "how exact products are": (
        "torch.set_float32_matmul_precision('medium')", "torch.get_float32_matmul_precision() == 'highest'",
    ),
    "a function that sees calls": ("sys.setprofile(lambda *_: None)", "sys.getprofile() is None"),
    "a function that sees lines": ("threading.settrace(lambda *_: None)", "threading.gettrace() is None"),
    "a timer": (
        "import signal; signal.setitimer(signal.ITIMER_VIRTUAL, 1e6)",
        "__import__('signal').getitimer(__import__('signal').ITIMER_VIRTUAL)[0] == 0",
    ),
    "how figures look": ("plt.rcParams['lines.linewidth'] = 9", "plt.rcParams['lines.linewidth'] == 1.5"),
}  # fmt: skip
"""What a program does, and what is true afterwards."""


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProcessState]:
    """The state of this process, in a folder of the test's own."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    monkeypatch.chdir(tmp_path)
    take_snapshot()
    made = ProcessState(tmp_path)
    yield made
    made.restore()
    made.close()
    torch.set_num_threads(threads)


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_it_is_put_back(change: str, expected: str, state: ProcessState, tmp_path: Path) -> None:
    modules = {"torch": torch, "os": os, "sys": sys, "warnings": warnings, "plt": plt, "np": np, "pd": pd}
    scope = {**modules, "threading": threading, "HOME": str(tmp_path)}
    exec(change, scope)  # noqa: S102 - as a program would
    state.restore()
    assert eval(expected, scope)  # noqa: S307 - the table's own


def test_what_was_imported_since_stays(state: ProcessState) -> None:
    import torch.nn.utils.parametrize

    state.restore()
    assert sys.modules["torch.nn.utils.parametrize"] is torch.nn.utils.parametrize


def test_a_compiler_that_was_imported_since_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What took its place before would import it a second time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, DYNAMO, ModuleType("stand_in"))
    take_snapshot()
    state = ProcessState(tmp_path)
    sys.modules[DYNAMO] = imported = ModuleType(DYNAMO)
    state.restore()
    state.close()
    assert sys.modules[DYNAMO] is imported
