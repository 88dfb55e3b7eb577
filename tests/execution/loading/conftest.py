"""What tests of loading share: a `d2l` supplied by a course, gone again after the test."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

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
def d2l(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`d2l.torch` as a course may supply it, without what is being graded."""
    package, module = ModuleType("d2l"), ModuleType("d2l.torch")
    exec(SUPPLIED, module.__dict__)  # noqa: S102 - the source above
    package.torch = module  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "d2l", package)
    monkeypatch.setitem(sys.modules, "d2l.torch", module)
    return module


@pytest.fixture(autouse=True)
def _leave_no_modules_behind() -> Iterator[None]:
    before = dict(sys.modules)
    yield
    for name in sys.modules.keys() - before.keys():
        if not hasattr(sys.modules[name], "__spec__") or sys.modules[name].__spec__ is None:
            del sys.modules[name]
