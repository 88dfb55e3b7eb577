"""What a program changes in its process, put back before the next program is loaded there.

On a GPU, which takes long to open, one process loads the programs of several sections
(`grader.grading.process`). They are one student's, so nothing is kept from anybody here: this is so that an
answer gets the verdict that it gets in a process of its own. What does not matter is not put back: the random
generators are seeded before each question, torch's settings are a program's own
(`grader.execution.torch_state`), and tables are not asked on a GPU.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import sys
import warnings
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import torch

from grader.execution.torch_state import FRESH, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIBRARIES: Final = (
    "builtins", "math", "os", "random", "torch", "torch.autograd", "torch.nn", "torch.nn.functional",
    "torch.nn.init", "torch.optim", "torch.utils.data", "numpy", "numpy.random", "matplotlib.pyplot",
)  # fmt: skip
"""The modules whose public functions and classes, with the attributes of these, are put back."""


class _Table(NamedTuple):
    """The attributes of a module or a class that are put back."""

    owner: Any
    values: dict[str, object]


class ProcessState:
    """The state of this process when it was made. Make it before any program is loaded.

    Args:
        folder: the one in which programs may write; it is empty.
    """

    def __init__(self, folder: Path) -> None:
        modules = [importlib.import_module(name) for name in LIBRARIES]
        tables = {id(owner): _Table(owner, _present(owner)) for owner in modules}
        for module in modules:
            tables |= {id(one): _Table(one, _present(one)) for one in _own_classes(module)}
        self.tables = tuple(tables.values())
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
        for table in self.tables:
            _put_back(table)
        os.chdir(self.folder)
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        os.environ.clear()
        os.environ.update(self.variables)
        sys.path[:], sys.meta_path[:] = self.search_path, self.finders
        sys.setrecursionlimit(self.recursion_limit)
        sys.stdin, sys.stdout, sys.stderr = self.streams
        self._warnings.close()
        self._warnings.enter_context(warnings.catch_warnings())
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        self._restore_torch()
        pyplot: Any = sys.modules["matplotlib.pyplot"]
        pyplot.close("all")
        pyplot.rcdefaults()
        gc.enable()
        gc.collect()
        if torch.cuda.is_initialized():
            torch.cuda.empty_cache()

    def close(self) -> None:
        """Stop keeping the filters of warnings."""
        self._warnings.close()

    def _restore_torch(self) -> None:
        put(FRESH)
        torch.set_num_threads(self.threads)
        torch.set_flush_denormal(False)
        torch.autograd.set_detect_anomaly(mode=False)
        torch.set_printoptions(profile="default")


def _present(owner: Any) -> dict[str, object]:  # noqa: ANN401 - a module or a class
    """Return the public functions and classes of a module, or all methods and the like of a class."""
    if isinstance(owner, ModuleType):
        return {name: value for name, value in vars(owner).items() if name[0] != "_" and callable(value)}
    return {name: value for name, value in vars(owner).items() if name not in _OF_EVERY_CLASS}


_OF_EVERY_CLASS: Final = frozenset({"__dict__", "__weakref__", "__doc__", "__module__", "__qualname__"})


def _own_classes(module: ModuleType) -> Iterator[type]:
    """Yield the classes in a module that can be changed: those written in Python."""
    for value in vars(module).values():
        if isinstance(value, type) and value.__flags__ & _CAN_BE_CHANGED and value is not type:
            yield value


_CAN_BE_CHANGED: Final = 1 << 9
"""Python's flag of classes that are not static, `Py_TPFLAGS_HEAPTYPE`."""


def _put_back(table: _Table) -> None:
    """Undo what was replaced, removed or added; modules that were imported into another one stay."""
    now = _present(table.owner)
    for name in now.keys() - table.values.keys():
        if not isinstance(now[name], ModuleType):
            delattr(table.owner, name)
    for name, value in table.values.items():
        if name not in now or now[name] is not value:
            setattr(table.owner, name, value)
