"""What a student may have meant by a name that isn't defined."""

from __future__ import annotations

import pytest

from grader.execution.loading.near_misses import inside_a_method, near_miss
from grader.execution.loading.program import parse_program
from grader.records.sources import Cell, SourceFile

WANTED = ("softmax", "cross_entropy", "l1_norm", "l2_norm")


def said(source: str, name: str = "softmax", *, cell: int | None = None) -> str:
    file = SourceFile("hw.py" if cell is None else "hw.ipynb", None, (Cell(cell, source),))
    return near_miss([parse_program(file, WANTED)], name, WANTED)


@pytest.mark.parametrize(
    "source", ["def soft_max(X): return X", "class SoftMax: pass", "if True:\n\n  def sofmax(X): return X"]
)
def test_a_name_that_is_spelled_alike_is_named_with_its_line(source: str) -> None:
    message = said(source)
    assert message.endswith("meant to be it? Then call it softmax.")
    assert message.startswith("Is ")
    assert f"(hw.py, line {len(source.splitlines())})" in message


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("def main():\n    def softmax(X): return X\nmain()", "main (hw.py, line 2)"),
        ("def main():\n    if True:\n        def softmax(X): return X", "main (hw.py, line 3)"),
        ("class Model:\n    def softmax(self, X): return X", "Model (hw.py, line 2)"),
        ("class A:\n    def f(self):\n        def softmax(X): return X", "f (hw.py, line 3)"),
    ],
)
def test_a_definition_inside_another_one_is_named(source: str, inside: str) -> None:
    assert said(source) == f"It is defined inside {inside}, where nothing else sees it: move it to the left."


def test_in_a_notebook_the_cell_is_named() -> None:
    assert "(cell 4, line 1)" in said("def soft_max(X): return X", cell=4)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("", "softmax"),
        ("def relu(X): return X", "softmax"),
        ("def l1_norm(X): return X", "l2_norm"),  # expected itself
        ("def tan(X): return X", "tanh"),
        ("def softmax_and_cross_entropy(X): return X", "softmax"),
        ("class A: pass\n@add_to_class(A)\ndef soft_max(self): return 1", "softmax"),
        ("soft_max = 3", "softmax"),
        ("def (", "softmax"),
    ],
)
def test_something_else_is_not_meant(source: str, name: str) -> None:
    assert said(source, name) == ""


def test_a_method_inside_another_one_is_named() -> None:
    source = "class Board:\n    def __init__(self):\n        self.n = 0\n\n        def draw(self): pass"
    program = parse_program(SourceFile("hw.py", None, (Cell(None, source),)), ("Board",))
    assert inside_a_method([program], "Board", "draw") == (
        "draw is defined inside __init__ (hw.py, line 5), where nothing else sees it: move it to the left."
    )
    for owner, name in (("Board", "plot"), ("Board", "__init__"), ("NoneType", "draw"), ("Tensor", "draw")):
        assert inside_a_method([program], owner, name) == ""


def test_a_method_of_another_class_is_not_meant() -> None:
    source = "class SGD:\n    def step(self): pass\n\nclass Trainer:\n    def fit(self): pass"
    program = parse_program(SourceFile("hw.py", None, (Cell(None, source),)), ("SGD",))
    assert inside_a_method([program], "Trainer", "step") == inside_a_method([program], "SGD", "step") == ""


def test_a_chain_of_branches_without_end_costs_nothing() -> None:
    branches = "".join(f"    elif a == {number}:\n        return 1\n" for number in range(1200))
    source = f"def g(a):\n    if a:\n        return 0\n{branches}\n\ndef soft_max(X): return X"
    assert "Is soft_max" in said(source)
