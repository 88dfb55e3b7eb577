"""The audit: what must hold of every specimen, and what is said where it doesn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.audit.audit import at_desk, difference, finding, wrong_outcome
from grader.audit.runner import audited, shares
from grader.course.course import Course, load
from grader.course.implementations import specimens
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from grader.course.implementations import Specimen
    from tests.fixtures.small_course import WriteCourse

CHAFF = "reference/ch1/chaff/double/x.py"
WHEAT = "reference/ch1/wheat/double/x.py"
BANDS = {"assignments/ch1/bands.json": '{"mean_count": {"subset": {"low": 1.0, "high": 2.0}}}'}


def problems(course: Course) -> dict[str, str]:
    """Return what is wrong with each specimen of which something is."""
    findings = [finding(course, one, Exam(3)) for one in specimens(course)]
    return {str(one.specimen): one.problem for one in findings if one.problem}


def specimen(course: Course, name: str) -> Specimen:
    return next(one for one in specimens(course) if str(one) == name)


def test_nothing_is_wrong_with_a_course_that_is_as_it_should_be(write: WriteCourse) -> None:
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
            {"reference/ch0/shifting.py": "def shift(x):\n    raise ValueError\n"},
            "shift/reference/shifting",
            "fails accepts_its_arguments: ",
        ),
    ],
)
def test_a_specimen_that_is_judged_otherwise_is_found(
    write: WriteCourse, changes: dict[str, str], name: str, said: str
) -> None:
    (found,) = problems(load(write({**BANDS, **changes}))).items()
    assert found[0] == name
    assert found[1].startswith(said)


def test_a_bonus_that_a_wheat_misses_is_no_problem(course: Course) -> None:
    wheat = specimen(course, "double/wheat/multiplies")
    result = at_desk(course, wheat, Exam(3))
    missed = replace(result.checks[-1], bonus=True, status="failed")
    assert wrong_outcome(wheat, replace(result, checks=(*result.checks[:-1], missed))) == ""
    assert wrong_outcome(wheat, replace(result, checks=(replace(missed, bonus=False),))) != ""


def test_a_difference_between_the_two_sides_is_named_and_times_are_none(course: Course) -> None:
    one = at_desk(course, specimen(course, "double/chaff/squares"), Exam(3))
    other = at_desk(course, specimen(course, "double/chaff/squares"), Exam(3))
    assert difference(one, other) == ""
    slower = replace(one, checks=tuple(replace(check, seconds=9.0) for check in one.checks))
    assert difference(one, slower) == ""
    forged = replace(one, checks=(replace(one.checks[0], status="error", message="gone"), *one.checks[1:]))
    assert difference(one, forged) == (
        "is_defined: status is 'passed' at the desk, 'error' behind the wall: gone"
    )


def test_an_audit_in_other_processes_counts_and_names(write: WriteCourse) -> None:
    wrong = {**BANDS, WHEAT: '"""Wrong."""\ndef double(x):\n    return x\n'}
    course = load(write(wrong), only=["double", "shift"])
    shift, double = audited(shares(course, [3], wall=False), jobs=1)
    assert (shift.examined, shift.problems) == (2, ())
    assert double.examined == 5
    (said,) = double.problems
    assert said.startswith("double/wheat/x: fails right_values")
