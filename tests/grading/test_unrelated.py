"""Another course's homework is no silent zero; anything that may be an answer to this one is graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.grading.unrelated import why_unrelated
from grader.records.sources import SourceFile
from grader.records.verdict import Location, Verdict, summarize
from grader.submissions import Definition, Submission

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.records.verdict import ExerciseResult
    from tests.fixtures.small_course import WriteCourse


@pytest.fixture
def course(write: WriteCourse) -> Course:
    """Two sections, with double, Counter and shift."""
    return load(write())


def submission(*names: str, path: str = "hw1.py", module: str | None = None) -> Submission:
    found = tuple(Definition(name, Location(path, None, 1)) for name in names)
    return Submission((SourceFile(path, module, ()),), found)


def missing(status: str = "failed") -> list[ExerciseResult]:
    check = Verdict("is_defined", "It is defined.", status, 0.0, 3.0, bonus=False)  # type: ignore[arg-type]
    return [summarize("double", "1.2", "doubling", (check,))]


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["conv2d", "pool2d"], "conv2d, pool2d"),
        ([], "no functions and no classes"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
        (["conv2d", "conv2d"], "conv2d"),
    ],
)
def test_what_has_no_name_of_the_course_is_said_with_the_names_that_it_has(
    course: Course, names: list[str], listed: str
) -> None:
    why = why_unrelated(course, submission(*names), missing())
    assert why == f"Nothing in it has a name of this course: it defines {listed}."


@pytest.mark.parametrize("name", ["double", "Counter", "shift", "Countr", "doublee", "counter"])
def test_a_name_of_the_course_or_almost_one_makes_it_this_courses(course: Course, name: str) -> None:
    assert why_unrelated(course, submission("helper", name), missing()) == ""


def test_a_file_of_a_section_is_this_courses_whatever_is_in_it(course: Course) -> None:
    assert why_unrelated(course, submission("x", path="src/doubling.py"), missing()) == ""


def test_what_has_any_result_is_this_courses(course: Course) -> None:
    assert why_unrelated(course, submission("x"), missing("error")) == ""
