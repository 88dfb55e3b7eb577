"""Siblings: which are replaced by those of the reference, and what of the reference comes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from grader.judging.error_carried_forward import definition, wrong_siblings

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Course


def test_only_failed_siblings_that_an_exercise_may_call_are_replaced(course: Course) -> None:
    double, counter = course.sections[1].exercises
    assert wrong_siblings(counter, passed=lambda _name: False) == ("double",)
    assert wrong_siblings(counter, passed=lambda _name: True) == ()
    assert wrong_siblings(double, passed=lambda _name: False) == ()


def test_a_definition_comes_with_its_imports_and_decorators_and_nothing_else(tmp_path: Path) -> None:
    solution = tmp_path / "solution.py"
    solution.write_text(
        "import torch\nfrom torch import nn\n\nother = 1\n\n\ndef unrelated():\n    pass\n\n\n"
        '@torch.no_grad()\ndef double(x):\n    """Return 2x."""\n    return x + x\n'
    )
    source = definition(solution, "double")
    scope: dict[str, object] = {}
    exec(source, scope)  # noqa: S102 - the text above
    assert {"torch", "nn", "double"} <= scope.keys()
    assert not {"other", "unrelated"} & scope.keys()
    double = scope["double"]
    assert callable(double)
    assert not double(torch.ones(1, requires_grad=True)).requires_grad
