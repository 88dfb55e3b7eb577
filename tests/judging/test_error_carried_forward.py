"""Siblings: which are replaced by those of the reference, and what of the reference comes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import torch

from grader.judging.error_carried_forward import definition, without_text, wrong_siblings
from grader.records.verdict import Attempt, Misconception, Verdict, summarize

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Course
    from grader.records.verdict import CheckStatus


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


def test_a_retry_reports_statuses_and_points_and_nothing_that_its_process_could_word() -> None:
    def verdict(name: str, status: CheckStatus, points: float, told: str, seconds: float) -> Verdict:
        return Verdict(
            *(name, "It holds.", status, points, 2.0, False),
            *(told, told, told, told, told, (told,)),
            seconds=seconds,
        )

    statuses: tuple[CheckStatus, ...] = ("passed", "failed", "error", "skipped", "timeout")
    leak = "return x + x"
    checks = [verdict(one, one, 2.0 * (one == "passed"), leak, 65.0) for one in statuses]
    waiting = Verdict(
        "waits", "It holds.", "blocked", 0.0, 2.0, False, "waits for failed", blocked_by="failed"
    )
    again = summarize("f", "1.1", "m", (*checks, waiting), Attempt(leak, 1))
    again = msgspec.structs.replace(again, misconception=Misconception("known", "..."))
    told = [verdict(one.name, "failed", 0.0, "mine", 0.5) for one in again.checks]
    first = summarize("f", "1.1", "m", tuple(told), Attempt("cell 3", 2))
    result = without_text(again, first, ["double", "half"])
    assert leak not in str(result)
    assert [(one.status, one.points, one.seconds, one.blocked_by) for one in result.checks] == [
        (one.status, one.points, 0.5, one.blocked_by) for one in again.checks
    ]
    assert result.checks[1].message == (
        "this doesn't hold either with the course's own double and half in place of yours"
    )
    assert (result.points, result.status) == (again.points, again.status)
    assert (result.attempt, result.misconception) == (first.attempt, again.misconception)
    assert result.checks[-1].message == "waits for failed"
