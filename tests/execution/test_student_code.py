"""Answers: what a program holds, and that what it sets for the whole process stays its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from grader.execution.student_code import Answers
from grader.execution.torch_state import current
from grader.records.protocol import Absent, Ask, Found
from grader.records.sources import Cell, SourceFile
from grader.records.values import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator


def answers(*cells: str) -> Answers:
    """Load a notebook, of which some exercises are wanted."""
    made = tuple(Cell(number, source) for number, source in enumerate(cells, start=1))
    wanted = {name: (name,) for name in ("double", "half", "third")}
    return Answers((SourceFile("answer.ipynb", None, made),), wanted, {"drive": 5})


@pytest.fixture(autouse=True)
def _settings_of_torch() -> Iterator[None]:
    """Whatever a test does, it leaves torch as it is."""
    yield
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.set_default_device(None)


def test_what_is_there_is_found_and_what_is_not_says_why() -> None:
    made = answers(
        "def double(x):\n    return x\n", "def double(x):\n    return 2 * x\n", "def half(x): ...\n"
    )
    assert made.found("double") == (Found("cell 2", 2), Found("cell 1", 2))
    assert made.absent("double") is None
    assert made.absent("half") == Absent("failed", "half is still to do", is_stub=True)
    assert made.absent("third") == Absent("failed", "third is not defined")


def test_each_attempt_is_asked_by_itself_beside_the_drive_functions() -> None:
    made = answers("def double(x):\n    return x\n", "def double(x):\n    return 2 * x\n")
    ask = Ask("double(x) + drive", {"x": 10}, 1)
    results = [[one.result for one, _error in made.ask("double", attempt, [ask], 5)] for attempt in (0, 1)]
    assert results == [[25], [15]]


SETS_EVERYTHING = """
import torch
class Settings:
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch.set_default_device("meta")
def double(x):
    return torch.tensor(2.0)
def half(x):
    torch.set_default_dtype(torch.float16)
    torch.set_default_device("cpu")
    return torch.tensor(2.0)
"""


def test_what_a_program_sets_in_torch_holds_for_itself_and_for_nobody_else() -> None:
    before = current()
    file = SourceFile("answer.py", "answer", (Cell(None, SETS_EVERYTHING),))
    made = Answers((file,), {"double": ("double",), "half": ("half",)}, {})
    assert current() == before

    def asked(name: str) -> Tensor:
        ((seen, _error),) = made.ask(name, 0, [Ask(f"{name}(1)", {}, 1)], 5)
        assert current() == before
        assert isinstance(seen.result, Tensor)
        return seen.result

    assert (asked("double").dtype, asked("double").device) == ("float64", "meta")
    assert (asked("half").dtype, asked("half").device) == ("float16", "cpu")
    assert (asked("double").dtype, asked("double").device) == ("float16", "cpu")


def test_settings_change_nothing_for_code_that_raises_or_is_suspended() -> None:
    source = "import torch\ndef double(x):\n    torch.set_grad_enabled(False)\n    raise ValueError\n"
    before = current()
    made = Answers((SourceFile("answer.py", "answer", (Cell(None, source),)),), {"double": ("double",)}, {})
    for _seen, error in made.ask("double", 0, [Ask("double(1)", {}, 1)] * 2, 5):
        assert isinstance(error, ValueError)
        assert current() == before
