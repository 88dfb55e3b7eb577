"""The audit: the outcome that each implementation must have, and the problem that is reported otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.audit.audit import audit_implementation, first_difference, run_locally, unexpected_outcome
from grader.audit.runner import audit_tasks, run_tasks
from grader.course.course import Course, load
from grader.course.implementations import implementations
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from grader.course.implementations import Implementation
    from tests.fixtures.small_course import WriteCourse

CHAFF = "reference/ch1/chaff/double/x.py"
WHEAT = "reference/ch1/wheat/double/x.py"
BANDS = {"assignments/ch1/bands.json": '{"mean_count": {"subset": {"low": 1.0, "high": 2.0}}}'}


def problems(course: Course) -> dict[str, str]:
    """Return the problems by implementation."""
    findings = [audit_implementation(course, one, Exam(3)) for one in implementations(course)]
    return {str(one.implementation): one.problem for one in findings if one.problem}


def implementation(course: Course, name: str) -> Implementation:
    return next(one for one in implementations(course) if str(one) == name)


def test_a_correct_course_has_no_problems(write: WriteCourse) -> None:
    assert problems(load(write(BANDS))) == {}


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        (
            {WHEAT: '"""Wrong."""\ndef double(x):\n    return x\n'},
            "double/wheat/x",
            "fails right_values: ",
        ),
        (
            {CHAFF: '"""Right.\n\nFails: right_values"""\ndef double(x):\n    return x + x\n'},
            "double/chaff/x",
            "passes",
        ),
        (
            {CHAFF: '"""Wrong.\n\nFails: right_values"""\ndef double(x):\n    return [x]\n'},
            "double/chaff/x",
            "passes right_values and fails right_type",
        ),
        (
            {
                CHAFF: '"""No.\n\nFails: right_values, nothing_stays_nothing"""\n'
                "def double(x):\n    return 3 * x\n"
            },
            "double/chaff/x",
            "passes nothing_stays_nothing and fails right_values",
        ),
        (
            {"assignments/ch0/shifting.py": "def shift(x):\n    return x + 1\n"},
            "shift/stub/shifting",
            "a stub is correct",
        ),
        (
            {"reference/ch0/shifting.py": "def shift(x):\n    x += 1\n    raise ValueError\n"},
            "shift/reference/shifting",
            "fails accepts_its_arguments: ",
        ),
    ],
)
def test_an_implementation_with_another_outcome_is_a_problem(
    write: WriteCourse, changes: dict[str, str], name: str, said: str
) -> None:
    (found,) = problems(load(write({**BANDS, **changes}))).items()
    assert found[0] == name
    assert found[1].startswith(said)


def test_wheat_may_fail_a_bonus_check(course: Course) -> None:
    wheat = implementation(course, "double/wheat/multiplies")
    result = run_locally(course, wheat, Exam(3))
    missed = replace(result.checks[-1], bonus=True, status="failed")
    assert unexpected_outcome(wheat, replace(result, checks=(*result.checks[:-1], missed))) == ""
    assert unexpected_outcome(wheat, replace(result, checks=(replace(missed, bonus=False),))) != ""


def test_a_difference_between_local_and_sandboxed_is_named_and_times_are_ignored(course: Course) -> None:
    one = run_locally(course, implementation(course, "double/chaff/squares"), Exam(3))
    other = run_locally(course, implementation(course, "double/chaff/squares"), Exam(3))
    assert first_difference(one, other) == ""
    slower = replace(one, checks=tuple(replace(check, seconds=9.0) for check in one.checks))
    assert first_difference(one, slower) == ""
    forged = replace(one, checks=(replace(one.checks[0], status="error", message="gone"), *one.checks[1:]))
    assert first_difference(one, forged) == (
        "is_defined: status is 'passed' locally, 'error' in the sandbox: gone"
    )


def test_an_audit_in_several_processes_counts_and_names_problems(write: WriteCourse) -> None:
    wrong = {**BANDS, WHEAT: '"""Wrong."""\ndef double(x):\n    return x\n'}
    course = load(write(wrong), only=["double", "shift"])
    shift, double = run_tasks(audit_tasks(course, [3], sandbox=False), jobs=1)
    assert (shift.examined, shift.problems) == (2, ())
    assert double.examined == 5
    (said,) = double.problems
    assert said.startswith("double/wheat/x: fails right_values")
