"""Of a traceback that a sandboxed process sends, what is not in the program is left out."""

from __future__ import annotations

import pytest

from grader.grading.source_lines import own_lines, with_own_lines
from grader.records.protocol import Observation, Raised
from grader.records.sources import Cell, SourceFile

NOTEBOOK = SourceFile(
    "work/alice.ipynb",
    None,
    (
        Cell(2, "import torch\n"),
        Cell(5, "def f(X):\n    if X is None:\n        raise ValueError(X)\n    return g(X)\n"),
    ),
)
FILE = SourceFile("answer.py", None, (Cell(None, "g = lambda X: 1 / 0\n"),))
TRUE = (
    "alice.ipynb, cell 5, line 4, in f\n    return g(X)",
    "alice.ipynb, cell 5, line 3, in f\n    raise ValueError(X)",
    "answer.py, line 1, in <lambda>\n    g = lambda X: 1 / 0",
)
FORGED = (
    "alice.ipynb, cell 5, line 4, in f\n    tensor([[0.25]])",
    "alice.ipynb, cell 5, line 4, in tensor_0_25\n    return g(X)",
    "alice.ipynb, cell 5, line 4, in <0.25>\n    return g(X)",
    "alice.ipynb, cell 5, line 400, in f\n    return g(X)",
    "alice.ipynb, cell 5, line 0, in f\n    return g(X)",
    "0.25.py, line 1, in f\n    return g(X)",
    "answer.py, line 99999999999, in f\n    return g(X)",
    "tensor([[0.25]])",
)


def test_true_frames_stay_as_they_are() -> None:
    lines = "\n".join(TRUE)
    assert own_lines(lines, [NOTEBOOK, FILE]) == lines


@pytest.mark.parametrize("forged", FORGED)
def test_whatever_is_not_in_the_program_is_left_out(forged: str) -> None:
    assert own_lines(forged, [NOTEBOOK, FILE]) == ""
    assert own_lines("\n".join((TRUE[0], forged, TRUE[2])), [NOTEBOOK, FILE]) == f"{TRUE[0]}\n{TRUE[2]}"


def test_nothing_else_of_an_observation_changes() -> None:
    quiet = Observation(result=1.0)
    loud = Observation(raised=Raised("ValueError", "x", f"{FORGED[0]}\n{TRUE[1]}", inside=True))
    kept, cleaned = with_own_lines([quiet, loud], [NOTEBOOK])
    assert kept is quiet
    assert cleaned == Observation(raised=Raised("ValueError", "x", TRUE[1], inside=True))
