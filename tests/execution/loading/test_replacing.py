"""Correct answers in the place of a program's own, from its first statement on."""

from __future__ import annotations

import pytest

from grader.execution.loading import Loaded, load
from grader.execution.loading.replacing import PinnedScope, Replacement, answer_in
from grader.records.sources import Cell, SourceFile

REGISTER = "def register(Class):\n    return lambda f: setattr(Class, f.__name__, f)\n"
OWN = """\
def register(Class):
    return lambda f: setattr(Class, "wrong", f)

class Model:
    pass

@register(Model)
def forward(self):
    return 1
"""


def loading(source: str, correct: dict[str, str], *, notebook: bool, spellings: str = "") -> Loaded:
    number = 1 if notebook else None
    files = [SourceFile("hw.ipynb" if notebook else "hw.py", None, (Cell(number, source),))]
    replaced = {
        name: Replacement((name, *spellings.split()), answer_in(text, name)) for name, text in correct.items()
    }
    return load(files, {"Model": ("Model",)}, replaced=replaced)


@pytest.mark.parametrize("notebook", [False, True])
def test_a_decorator_is_correct_while_the_program_is_loaded(notebook: bool) -> None:
    (attempt,) = loading(OWN, {"register": REGISTER}, notebook=notebook).attempts("Model")
    assert callable(attempt.answer)
    assert attempt.answer().forward() == 1


@pytest.mark.parametrize("notebook", [False, True])
def test_a_base_class_that_is_not_defined_is_the_correct_one(notebook: bool) -> None:
    source = "class Model(Base):\n    pass\n"
    (attempt,) = loading(source, {"Base": "class Base:\n    x = 1\n"}, notebook=notebook).attempts("Model")
    assert vars(attempt.namespace["Base"])["x"] == 1


def test_methods_that_a_program_adds_to_a_correct_class_are_not_its_own() -> None:
    source = "class Model: pass\nclass Base: pass\nBase.f = lambda self: 'wrong'\nBase.g = lambda self: 2\n"
    correct = {"Base": "class Base:\n    def f(self):\n        return 'right'\n"}
    (attempt,) = loading(source, correct, notebook=False).attempts("Model")
    base = attempt.namespace["Base"]
    assert callable(base)
    assert (base().f(), base().g()) == ("right", 2)


def test_a_method_is_replaced_in_its_class() -> None:
    source = "class Model:\n    def f(self):\n        return 'wrong'\n"
    correct = {"f": "def f(self):\n    return 'right'\n"}
    (attempt,) = loading(source, correct, notebook=False, spellings="Model.f").attempts("Model")
    assert callable(attempt.answer)
    assert attempt.answer().f() == "right"


def test_a_pinned_name_keeps_its_value_and_others_are_written_through() -> None:
    namespace: dict[str, object] = {}
    scope = PinnedScope(namespace, {"f": Replacement(("f", "C.f"), "right")})
    exec("def f(): pass\nx: int = f\nfrom math import *\ndel f\ny = [f for _ in range(2)]", namespace, scope)  # noqa: S102 - as above
    assert (namespace["f"], namespace["x"], namespace["y"]) == ("right", "right", ["right", "right"])
    assert "pi" in namespace
    assert len(scope) == len(list(scope))
