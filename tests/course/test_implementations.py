"""Implementations that test a course's checks, and the form of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import Course, load
from grader.course.implementations import Implementation, ImplementationError, implementations

if TYPE_CHECKING:
    from tests.fixtures.small_course import WriteCourse


def named(course: Course, name: str) -> Implementation:
    return next(one for one in implementations(course) if str(one) == name)


def test_every_exercise_has_a_stub_a_reference_and_the_files_in_its_folders(course: Course) -> None:
    assert [str(one) for one in implementations(course)] == [
        "shift/stub/shifting",
        "shift/reference/shifting",
        "double/stub/doubling",
        "double/reference/doubling",
        "double/wheat/multiplies",
        "double/chaff/squares",
        "Counter/stub/doubling",
        "Counter/reference/doubling",
    ]


def test_chaff_declares_its_mistake_and_the_check_that_fails(course: Course) -> None:
    chaff = named(course, "double/chaff/squares")
    assert chaff.explanation == "Squares.\n\nYou multiply x by itself; 2x is x + x."
    assert chaff.must_fail == ("right_values",)
    assert named(course, "double/wheat/multiplies").must_fail == ()


def test_wheat_is_appended_to_the_reference_and_a_stub_is_alone(course: Course) -> None:
    for kind, has_solution, has_wheat in (
        ("stub/doubling", False, False),
        ("reference/doubling", True, False),
        ("wheat/multiplies", True, True),
    ):
        (file,) = named(course, f"double/{kind}").files(course)
        source = file.cells[0].source
        assert file.module == "doubling"
        assert ("_helper(x) if STEP" in source) is has_solution
        assert ("return x * 2" in source) is has_wheat


@pytest.mark.parametrize("kind", ["wheat", "chaff"])
@pytest.mark.parametrize(
    ("wanted", "is_there"), [("pytest>=1", True), ("pytest<1", False), ("nowhere", False)]
)
def test_an_implementation_can_depend_on_the_version_of_a_package(
    write: WriteCourse, kind: str, wanted: str, *, is_there: bool
) -> None:
    fails = "\n\nFails: right_values" if kind == "chaff" else ""
    text = f'"""Says it.\n\nOnly with: {wanted}{fails}\n"""\n'
    path = f"reference/ch1/{kind}/double/depends.py"
    found = [one for one in implementations(load(write({path: text}))) if one.name == "depends"]
    assert [one.explanation for one in found] == (["Says it."] if is_there else [])


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("chaff/double/x.py", '"""Wrong."""\n', "needs a docstring"),
        ("chaff/double/x.py", '"""Wrong.\n\nFails:\n"""\n', "needs a docstring"),
        ("chaff/double/x.py", "def double(x): ...\n", "needs a docstring"),
        ("wheat/double/x.py", "def double(x): ...\n", "needs a docstring"),
        ("wheat/double/x.py", '"""Right.\n\nOnly with: pandas 3\n"""\n', "must be like pandas>=3"),
        ("wheat/double/x.py", '"""Right.\n\nFails: right_values\n"""\n', "for wheat it must not"),
        (
            "chaff/double/x.py",
            '"""Wrong.\n\nFails: right_valves\n"""\n',
            "right_valves, which is no check of double",
        ),
    ],
)
def test_a_malformed_file_is_named_with_what_is_missing(
    write: WriteCourse, path: str, text: str, said: str
) -> None:
    course = load(write({f"reference/ch1/{path}": text}))
    with pytest.raises(ImplementationError) as caught:
        list(implementations(course))
    assert said in str(caught.value)
    assert "x.py" in str(caught.value)
