"""Stubs: what a student gets of the reference, and whether it is up to date."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from grader.authoring.stubs import StubError, stale, stub_of, stubs, write
from grader.course.course import Course, load
from grader.execution.loading import is_stub

if TYPE_CHECKING:
    from tests.fixtures.small_course import WriteCourse

BOTH = frozenset({"double", "Counter"})


@pytest.fixture
def solution(course: Course) -> str:
    return (course.reference / "ch1" / "doubling.py").read_text(encoding="utf-8")


@pytest.fixture
def stub(course: Course) -> str:
    return (course.assignments / "ch1" / "doubling.py").read_text(encoding="utf-8")


def test_signatures_docstrings_and_imports_stay_and_everything_else_goes(solution: str, stub: str) -> None:
    assert stub_of(solution, BOTH) == stub


def test_every_exercise_of_a_stub_is_a_stub_and_the_stub_runs(stub: str) -> None:
    scope: dict[str, object] = {}
    exec(compile(stub, "stub", "exec"), scope)  # noqa: S102 - the text above
    definitions = {
        node.name: node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    assert definitions.keys() == BOTH
    assert all(is_stub(node) for node in definitions.values())


def test_a_stub_is_its_own_stub(stub: str) -> None:
    assert stub_of(stub, BOTH) == stub


def test_a_class_whose_methods_are_private_is_a_stub_that_runs() -> None:
    stub = stub_of(
        'class Counter:\n    """Counts."""\n\n    def _next(self):\n        return 1\n',
        frozenset({"Counter"}),
    )
    assert stub.strip() == 'class Counter:\n    """Counts."""'
    exec(compile(stub, "stub", "exec"), {})  # noqa: S102 - the text above
    assert is_stub(ast.parse(stub).body[0])


def test_definitions_that_are_no_exercise_go(solution: str) -> None:
    assert "Counter" not in stub_of(solution, frozenset({"double"}))


def test_a_reference_that_lacks_an_exercise_or_a_docstring_is_named(
    write: WriteCourse, solution: str
) -> None:
    with pytest.raises(StubError, match="doesn't define softmax"):
        stub_of(solution, BOTH | {"softmax"})
    with pytest.raises(StubError, match="double has no docstring"):
        stub_of("def double(x):\n    return x\n", frozenset({"double"}))
    for text in ("def double(:\n", "x = 1\n"):
        course = load(write({"reference/ch1/doubling.py": text}))
        with pytest.raises(StubError, match=r"doubling\.py: "):
            list(stubs(course))


def test_a_missing_reference_is_named(course: Course) -> None:
    (course.reference / "ch1" / "doubling.py").unlink()
    with pytest.raises(StubError, match=r"doubling\.py"):
        stale(course)


def test_stubs_that_are_up_to_date_are_left_alone(course: Course) -> None:
    assert stale(course) == []
    assert write(course) == []


@pytest.mark.parametrize("change", ["", "# mine\n", None])
def test_a_stub_that_is_stale_or_missing_is_found_and_written_again(
    course: Course, stub: str, change: str | None
) -> None:
    path = course.assignments / "ch1" / "doubling.py"
    if change is None:
        path.unlink()
    else:
        path.write_text(change, encoding="utf-8")
    assert stale(course) == [path]
    assert write(course) == [path]
    assert path.read_text(encoding="utf-8") == stub
    assert stale(course) == []
