"""The reason for a failure in a few words, from verdicts on real answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import SHIPPED, load
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker
from grader.records.sources import Cell, SourceFile
from grader.reporting.reasons import short_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

COURSE = load(SHIPPED, only=["relu"])


def reasons(source: str, seconds: float = 10.0) -> Sequence[str]:
    """The reasons for the failures of a relu, of those checks that aren't blocked and no bonus."""
    (_section, relu) = next(iter(COURSE.exercises()))
    file = SourceFile("mlp.py", None, (Cell(None, f"import torch\n\n{source}"),))
    asker = LocalAsker(Answers([file], {"relu": ("relu",)}, {}), relu, seconds=seconds)
    verdicts = Examination(relu, Exam(1), asker).all()
    return [
        short_reason(one) for one in verdicts if one.status not in {"passed", "blocked"} and not one.bonus
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("    return X.no_such_thing", "AttributeError, line 4"),
        (
            "    y = X + 1\n    return helper(y)\n\ndef helper(y):\n    return y / nothing",
            "NameError, line 8",
        ),
        ("    y = X + 1\n    raise ValueError('bad input:\\nrows: 3, line 9')", "ValueError, line 5"),
        ("    return X.double()", "float64 for float32"),
        ("    return X.reshape(-1, 1)", "shape (3, 1) for (3,)"),
        ("    return X.tolist()", "a list of 3 for a torch.Tensor"),
        ("    y = X", "None for a torch.Tensor"),
        ("    return torch.clamp(X, min=1.0)", "1. for 0."),
    ],
)
def test_the_reason_names_the_cause(body: str, reason: str) -> None:
    assert reasons(f"def relu(X):\n{body}\n")[0] == reason


def test_an_endless_loop_is_named_with_its_line() -> None:
    assert reasons("def relu(X):\n    while True:\n        X = X + 0\n", 0.3)[0].startswith(
        "endless loop, line "
    )


def test_without_an_answer_it_is_not_defined() -> None:
    assert reasons("") == ["not defined"]


def test_where_there_are_no_better_words_the_check_is_named() -> None:
    found = reasons("def relu(X):\n    X[X < 0] = 0\n    return X\n")
    assert "leaves_arguments_alone" in found
