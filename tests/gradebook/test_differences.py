"""What a regrading changes: by exercise and check, and what each policy takes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.gradebook.differences import CheckDifference, combined, difference
from grader.records.verdict import ExerciseResult, summarize
from tests.fixtures.reports import check, report

if TYPE_CHECKING:
    from grader.reporting.report import Report


def exercise(name: str, *, passes: bool, points: float = 4.0) -> ExerciseResult:
    """An exercise with one check."""
    if passes:
        return summarize(name, "5.1", "mlp", (check("right_values", "passed", points),))
    wrong = check("right_values", "failed", points, counterexample=f"{name}(1)", message="off by 1")
    return summarize(name, "5.1", "mlp", (wrong,))


def made(**passes: bool) -> Report:
    """A report in which these exercises are right or wrong."""
    return report("alice", *(exercise(name, passes=right) for name, right in passes.items()))


def points(found: Report) -> dict[str, float]:
    return {one.name: one.points for one in found.exercises}


def test_equal_reports_differ_in_nothing() -> None:
    found = difference(made(relu=True, tanh=False), made(relu=True, tanh=False))
    assert (found.exercises, found.gain) == ((), 0)


def test_a_difference_names_the_check_and_the_counterexample() -> None:
    for before, after, gain in ((False, True, 4), (True, False, -4)):
        found = difference(made(relu=before, tanh=True), made(relu=after, tanh=True))
        assert found.gain == gain
        (changed,) = found.exercises
        assert changed.exercise == "mlp.relu"
        words = {True: "passed", False: "failed"}
        assert changed.checks == (
            CheckDifference("right_values", words[before], words[after], "relu(1)", "off by 1"),
        )


def test_exercises_that_come_or_go_are_differences() -> None:
    found = difference(made(relu=True), made(tanh=True))
    assert [(one.exercise, one.before, one.after) for one in found.exercises] == [
        ("mlp.relu", 4, 0),
        ("mlp.tanh", 0, 4),
    ]


@pytest.mark.parametrize(
    ("policy", "only", "expected"),
    [
        ("all", (), {"relu": 0, "tanh": 4}),
        ("never-lower", (), {"relu": 4, "tanh": 4}),
        ("all", ("tanh",), {"relu": 4, "tanh": 4}),
        ("all", ("relu",), {"relu": 0, "tanh": 0}),
        ("never-lower", ("relu",), {"relu": 4, "tanh": 0}),
    ],
)
def test_each_policy_takes_its_part(policy: str, only: tuple[str, ...], expected: dict[str, float]) -> None:
    found = combined(made(relu=True, tanh=False), made(relu=False, tanh=True), policy, only)  # type: ignore[arg-type]
    assert points(found) == expected
    assert found.points == sum(expected.values())


def test_what_was_not_asked_before_does_not_come_in() -> None:
    before = made(relu=False)
    settings = msgspec.structs.replace(before.settings, only=("relu",))
    before = msgspec.structs.replace(before, settings=settings)
    found = combined(before, made(relu=True, tanh=False), "all")
    assert points(found) == {"relu": 4}
    assert found.max_points == 4
    assert found.settings == before.settings


def test_only_some_exercises_leave_a_report_with_the_versions_of_the_others() -> None:
    after = made(relu=True)
    after = msgspec.structs.replace(
        after, versions=msgspec.structs.replace(after.versions, checks="sha256:new")
    )
    before = made(relu=False)
    assert combined(before, after, "all").versions == after.versions
    assert combined(before, after, "all", ("relu",)).versions == before.versions
