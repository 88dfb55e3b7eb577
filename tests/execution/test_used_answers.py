"""Which exercises' answers an answer enters, when it is defined and when it is asked."""

from __future__ import annotations

import cProfile
import math
import sys
from typing import TYPE_CHECKING

import pytest
import torch

from grader.execution.loading import Loaded
from grader.execution.loading.program import parse_program
from grader.execution.student_code import Answers
from grader.execution.used_answers import Entries, UsedAnswers
from grader.records.protocol import Ask
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.execution.loading.program import Program
    from grader.execution.loading.siblings import Siblings

TRACED = {name: (name,) for name in ("relu", "softmax", "add_to_class", "Base", "alias", "tiny", "unwritten")}
PROGRAM = """\
import math
import torch

def add_to_class(Class):
    def wrapper(function):
        setattr(Class, function.__name__, function)
    return wrapper

def relu(X):
    return X.clamp(min=0)

def softmax(X):
    return X.exp()

alias = torch.square
tiny = lambda X: X

class Base:
    def keep(self):
        self.kept = 1

class Model(Base):
    def __init__(self):
        self.keep()

class Registered:
    pass

@add_to_class(Registered)
def forward(self, X):
    return tiny(X)
"""


def used(answer: str, asks: str = "answer(X)", *, notebook: bool = False) -> frozenset[str]:
    cell = Cell(1 if notebook else None, PROGRAM + answer)
    file = SourceFile("hw.ipynb" if notebook else "hw.py", None, (cell,))
    answers = Answers([file], {"answer": ("answer",)}, {}, traced=TRACED)
    return answers.used("answer", 0, [Ask(asks, {"X": 1.0}, 0)], 5.0)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("def answer(X): return relu(torch.tensor(X))", {"relu"}),
        ("def answer(X): return relu(softmax(torch.tensor(X)))", {"relu", "softmax"}),
        ("def answer(X): return X", set()),
        ("def answer(X): return alias(torch.tensor(X))", {"alias"}),
        ("def answer(X): return tiny(X)", {"tiny"}),
        ("def answer(X): return Model().kept", {"Base"}),
        ("def answer(X): return Registered().forward(X)", {"add_to_class", "tiny"}),
        ("def answer(X): return unwritten(X)", {"unwritten"}),
        ("def answer(X): return Model().lost", {"Base"}),
        ("def answer(X): return Model.lost", {"Base"}),
        ("def answer(X): return relu(X)", {"relu"}),
        (
            "@add_to_class(Registered)\ndef f(self): pass\ndef answer(X): raise ValueError(Registered)",
            {"add_to_class"},
        ),
        ("def answer(X): return answer(relu(torch.tensor(0)))", {"relu"}),
    ],
)
def test_what_is_entered_is_named(answer: str, expected: set[str]) -> None:
    assert used(answer) == expected
    assert used(answer, notebook=True) == expected


def test_an_answer_that_is_not_defined_names_what_kept_it_from_being_defined() -> None:
    assert used("answer = softmax(relu(5))") == {"relu"}
    assert used("@unwritten\ndef answer(X): return X") == {"unwritten"}


def test_a_loop_that_calls_an_answer_without_end_is_stopped() -> None:
    cell = Cell(None, PROGRAM + "def answer(X):\n    while True: tiny(X)")
    answers = Answers([SourceFile("hw.py", None, (cell,))], {"answer": ("answer",)}, {}, traced=TRACED)
    assert answers.used("answer", 0, [Ask("answer(X)", {"X": 1.0}, 0)], 0.3) == {"tiny"}


def test_code_that_stops_the_record_is_believed_that_it_called_nothing_more() -> None:
    assert (
        used("import sys\ndef answer(X):\n    sys.setprofile(None)\n    return relu(torch.tensor(X))")
        == set()
    )


def test_without_traced_exercises_nothing_is_recorded() -> None:
    cell = Cell(None, PROGRAM + "def answer(X): return tiny(X)")
    answers = Answers([SourceFile("hw.py", None, (cell,))], {"answer": ("answer",)}, {})
    assert answers.used("answer", 0, [Ask("answer(X)", {"X": 1.0}, 0)], 5.0) == frozenset()


def test_nothing_is_recorded_while_files_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each function that the parser calls would be looked at: that takes ten times as long as parsing."""
    before, seen = sys.getprofile(), []

    def parsed(file: SourceFile, wanted: Collection[str], siblings: Siblings) -> Program:
        seen.append(sys.getprofile())
        return parse_program(file, wanted, siblings)

    monkeypatch.setattr(sys.modules[Loaded.__module__], "parse_program", parsed)
    assert used("def answer(X): return tiny(X)") == {"tiny"}
    assert used("answer = softmax(relu(5))") == {"relu"}
    assert seen == [before, before]


def test_the_profile_function_of_others_comes_back() -> None:
    before = sys.getprofile()
    used("def answer(X): return tiny(X)")
    assert sys.getprofile() is before
    assert torch.is_grad_enabled()


def test_a_run_under_cprofile_is_profiled_on() -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    try:
        with UsedAnswers(TRACED, ()).recording(Entries()):
            pass
        math.hypot(3, 4)
    finally:
        profiler.disable()
    assert any("hypot" in str(one.code) for one in profiler.getstats())
