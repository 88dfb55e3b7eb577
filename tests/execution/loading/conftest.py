"""What tests of loading share: a `d2l` supplied by a course, gone again after the test."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from grader.execution.loading import importable
from grader.records.sources import SuppliedModule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SUPPLIED = """
def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, obj)
    return wrapper

class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        self.saved = True

class Module(HyperParameters):
    pass

class Trainer(HyperParameters):
    def fit(self):
        return self.fit_epoch()

def accuracy(Y_hat, Y):
    return "supplied"
"""


@pytest.fixture
def d2l() -> Iterator[ModuleType]:
    """`d2l.torch` as a course may supply it, without what is being graded."""
    package = SuppliedModule("d2l", "d2l/__init__.py", is_package=True, source="")
    module = SuppliedModule("d2l.torch", "d2l/torch.py", is_package=False, source=SUPPLIED)
    with importable([package, module]):
        yield importlib.import_module(module.name)


@pytest.fixture(autouse=True)
def _leave_no_modules_behind() -> Iterator[None]:
    before = dict(sys.modules)
    yield
    for name in sys.modules.keys() - before.keys():
        if not hasattr(sys.modules[name], "__spec__") or sys.modules[name].__spec__ is None:
            del sys.modules[name]
