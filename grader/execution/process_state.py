"""What a program changes in its process, put back before the next program is loaded there.

One process loads the programs of several sections (`grader.grading.process`). They are one student's, so
nothing is kept from anybody here: this is so that an answer gets the verdict that it gets in a process of its
own. What does not matter is not put back: the random generators are seeded before each question, and torch's
settings are a program's own (`grader.execution.torch_state`).
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import operator
import os
import shutil
import signal
import sys
import threading
import warnings
from copy import deepcopy
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import torch

from grader.execution.lazy_dynamo import DYNAMO
from grader.execution.torch_state import FRESH, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PYPLOT: Final = "matplotlib.pyplot"
LIBRARIES: Final = (
    "builtins", "math", "os", "random", "torch", "torch.autograd", "torch.nn", "torch.nn.functional",
    "torch.nn.init", "torch.optim", "torch.utils.data", "numpy", "numpy.random", "pandas", PYPLOT,
)  # fmt: skip
"""The modules whose public functions and classes, with the attributes of these, are put back.

Of those that have been imported when the state is taken: some servers never import what draws.
"""
TIMERS: Final = tuple(
    getattr(signal, name)
    for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")
    if hasattr(signal, name)
)


class _Table(NamedTuple):
    """The attributes of a module or a class that are put back."""

    owner: Any
    attributes: dict[str, object]


class Snapshot(NamedTuple):
    """What the libraries are before any program is loaded; a server takes it once, for all its children.

    Args:
        tables: the attributes of the modules in `LIBRARIES` and of the classes in them.
        modules: all modules, by name, but for what takes the place of Dynamo until something compiles.
        floating_point_errors: what NumPy does about them.
        numpy_format: how it prints arrays.
        pandas_options: the settings of pandas, nested by group.
    """

    tables: tuple[_Table, ...]
    modules: dict[str, ModuleType]
    floating_point_errors: dict[str, Any]
    numpy_format: dict[str, Any]
    pandas_options: dict[str, Any]


_snapshots: Final[list[Snapshot]] = []
"""The last one that was taken."""


def take_snapshot() -> Snapshot:
    """Note what the libraries are now, which is what `ProcessState.restore` puts back."""
    modules = [sys.modules[name] for name in LIBRARIES if name in sys.modules]
    found = {id(owner): _Table(owner, dict(vars(owner))) for owner in modules}
    for module in modules:
        found |= {id(one): _Table(one, dict(vars(one))) for one in _own_classes(module)}
    taken = Snapshot(
        tuple(found.values()),
        {name: module for name, module in sys.modules.items() if name != DYNAMO},
        dict(np.geterr()),
        dict(np.get_printoptions()),
        deepcopy(_pandas_options()),
    )
    _snapshots[:] = [taken]
    return taken


class ProcessState:
    """The state of this process when it was made. Make it before any program is loaded.

    Args:
        folder: the one in which programs may write; it is empty.
    """

    def __init__(self, folder: Path) -> None:
        self.before = _snapshots[0] if _snapshots else take_snapshot()
        self.folder = folder
        self.variables = dict(os.environ)
        self.search_path, self.finders = list(sys.path), list(sys.meta_path)
        self.recursion_limit = sys.getrecursionlimit()
        self.streams = sys.stdin, sys.stdout, sys.stderr
        self.threads = torch.get_num_threads()
        self._warnings = contextlib.ExitStack()
        self._warnings.enter_context(warnings.catch_warnings())

    def restore(self) -> None:
        """Put this state back, and free the memory and the folder that the last program has used."""
        for table in self.before.tables:
            _put_back(table)
        self._restore_modules()
        os.chdir(self.folder)
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        os.environ.clear()
        os.environ.update(self.variables)
        sys.setrecursionlimit(self.recursion_limit)
        sys.stdin, sys.stdout, sys.stderr = self.streams
        self._warnings.close()
        self._warnings.enter_context(warnings.catch_warnings())
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        for timer in TIMERS:
            signal.setitimer(timer, 0)
        for module in sys, threading:
            module.settrace(None)
            module.setprofile(None)
        self._restore_libraries()
        gc.enable()
        gc.collect()
        if torch.cuda.is_initialized():
            torch.cuda.empty_cache()

    def close(self) -> None:
        """Stop keeping the filters of warnings."""
        self._warnings.close()

    def _restore_modules(self) -> None:
        """Put back how modules are found, and which there are; what was imported since stays."""
        sys.path[:], sys.meta_path[:] = self.search_path, self.finders
        sys.modules.update(self.before.modules)

    def _restore_libraries(self) -> None:
        put(FRESH)
        torch.set_num_threads(self.threads)
        torch.set_flush_denormal(False)
        if torch.are_deterministic_algorithms_enabled():  # else this would import torch's compiler
            torch.use_deterministic_algorithms(mode=False)
        torch.set_float32_matmul_precision("highest")
        torch.autograd.set_detect_anomaly(mode=False)
        torch.set_printoptions(profile="default")
        np.seterr(**self.before.floating_point_errors)
        np.set_printoptions(**self.before.numpy_format)
        if _pandas_options() != self.before.pandas_options:  # else this would take longer than all the rest
            with warnings.catch_warnings(action="ignore"):  # some options are old
                pd.reset_option("all")
        if pyplot := sys.modules.get(PYPLOT):
            pyplot.close("all")
            pyplot.rcdefaults()


def _pandas_options() -> dict[str, Any]:
    """Return the settings of pandas, nested by group."""
    options: Any = pd.options
    return options.d  # type: ignore[no-any-return]


def _own_classes(module: ModuleType) -> Iterator[type]:
    """Yield the classes in a module that can be changed: those written in Python."""
    for value in vars(module).values():
        if isinstance(value, type) and value.__flags__ & _CAN_BE_CHANGED and value is not type:
            yield value


_CAN_BE_CHANGED: Final = 1 << 9
"""Python's flag of classes that are not static, `Py_TPFLAGS_HEAPTYPE`."""


def _put_back(table: _Table) -> None:
    """Undo what was replaced, removed or added; modules that were imported into another one stay."""
    owner, before = table.owner, table.attributes
    now = vars(owner)
    if now.keys() == before.keys() and all(map(operator.is_, now.values(), before.values())):
        return
    now, before = _restored(owner, now), _restored(owner, before)
    for name in now.keys() - before.keys():
        if not isinstance(now[name], ModuleType):
            delattr(owner, name)
    for name, value in before.items():
        if name not in now or now[name] is not value:
            setattr(owner, name, value)


def _restored(owner: Any, found: Mapping[str, object]) -> dict[str, object]:  # noqa: ANN401 - a module or class
    """Return what is put back: a module's public functions and classes, a class's methods and the like."""
    if owner is builtins:
        return {name: value for name, value in found.items() if callable(value)}
    if isinstance(owner, ModuleType):
        return {name: value for name, value in found.items() if name[0] != "_" and callable(value)}
    return {name: value for name, value in found.items() if name not in _OF_EVERY_CLASS}


_OF_EVERY_CLASS: Final = frozenset({"__dict__", "__weakref__", "__doc__", "__module__", "__qualname__"})
