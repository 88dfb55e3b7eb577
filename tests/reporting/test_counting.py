"""Which attempt counts, and in which order attempts were handed in."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from grader.reporting import report
from grader.reporting.counting import POLICIES, Policy, oldest_first
from tests.fixtures.reports import CONTEXT, result
from tests.fixtures.reports import report as made_up


def attempt(exam: int, points: float | None, day: int = 0) -> report.Report:
    """A report on an attempt; without points, it was not graded."""
    failed = report.not_graded("ada", CONTEXT, "The disk was full.")
    one = failed if points is None else made_up("ada", result("relu", points))
    time = datetime(2026, 11, day, tzinfo=UTC) if day else None
    return msgspec.structs.replace(one, exam=exam, submitted=time)


@pytest.mark.parametrize(
    ("policy", "points", "exam"),
    [
        ("last", [3.0, 1.0], 2), ("first", [3.0, 1.0], 1), ("best", [3.0, 1.0], 1), ("best", [1.0, 1.0], 1),
        ("best", [0.0, None], 1), ("last", [3.0, None], 2), ("best", [None, None], 2),
    ],
)  # fmt: skip
def test_a_policy_chooses_one_attempt(policy: Policy, points: list[float | None], exam: int) -> None:
    attempts = [attempt(number, own) for number, own in enumerate(points, start=1)]
    assert POLICIES[policy](attempts).exam == exam


def test_times_tell_the_order_if_all_are_known() -> None:
    late, early = attempt(1, 1.0, day=5), attempt(2, 2.0, day=4)
    assert [one.exam for one in oldest_first([late], [early])] == [2, 1]
    assert [one.exam for one in oldest_first([late], [attempt(3, 1.0), early])] == [1, 3, 2]


def test_without_times_what_this_run_was_given_is_the_latest() -> None:
    assert [one.exam for one in oldest_first([attempt(3, 1.0), attempt(1, 1.0)], [attempt(2, 1.0)])] == [
        1,
        3,
        2,
    ]
