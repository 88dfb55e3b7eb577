"""Correct answers: which there are, and what their source consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from grader.course.correct_answers import CorrectAnswers, definition, needed

if TYPE_CHECKING:
    from pathlib import Path

SOLUTION = '''\
import torch
from torch import nn

STEP = 1


def unrelated():
    return STEP


def helper(x):
    return x + x


@torch.no_grad()
def double(x):
    """Return 2x."""
    return helper(x)


class Doubler(nn.Module):
    def forward(self, x):
        return double(x)
'''


def solution(folder: Path) -> Path:
    path = folder / "doubling.py"
    path.write_text(SOLUTION, encoding="utf-8")
    return path


def test_a_definition_comes_with_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    scope: dict[str, object] = {}
    exec(definition(solution(tmp_path), "double"), scope)  # noqa: S102 - the text above
    assert {"torch", "nn", "double", "helper"} <= scope.keys()
    assert not {"STEP", "unrelated", "Doubler"} & scope.keys()
    double = scope["double"]
    assert callable(double)
    assert not double(torch.ones(1, requires_grad=True)).requires_grad


def test_what_a_definition_needs_is_found_through_others(tmp_path: Path) -> None:
    assert needed(solution(tmp_path), "Doubler") == {"Doubler", "double", "helper"}


def test_an_answer_that_holds_the_one_asked_for_takes_nobodys_place(tmp_path: Path) -> None:
    path = solution(tmp_path)
    answers = CorrectAnswers({"double": path, "Doubler": path, "lost": tmp_path / "none.py"})
    assert answers.replaceable("double", "Doubler")
    assert not answers.replaceable("Doubler", "double")
    assert not answers.replaceable("lost", "double")


def test_functions_are_those_of_the_reference(tmp_path: Path) -> None:
    answers = CorrectAnswers({"double": solution(tmp_path)})
    assert answers.function("double")(3) == 6
    assert answers.function("double") is answers.function("double")
