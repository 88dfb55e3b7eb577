"""Loading a course: its sections in the book's order, and errors in it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.course.course import Course, CourseError, load, load_module, require_reference

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.small_course import WriteCourse


def test_sections_come_in_the_order_of_the_book_with_title_chapter_and_files(course: Course) -> None:
    first, second = course.sections
    assert (first.number, first.title, first.chapter, first.module) == ("1.1", "Shifting", "ch0", "shifting")
    assert (second.number, second.title) == ("1.2", "Doubling, and counting to (n)")
    assert second.stub == course.assignments / "ch1" / "doubling.py"
    assert second.drive == course.assignments / "ch1" / "drive_doubling.py"
    assert first.drive is None
    assert course.solution(second) == course.reference / "ch1" / "doubling.py"
    assert [exercise.name for _, exercise in course.exercises()] == ["shift", "double", "Counter"]


def test_sections_are_ordered_as_numbers_not_as_text(write: WriteCourse) -> None:
    later = '"""1.10 Later."""\nfrom grader.laws import *\n'
    later += 'e = exercise("e", asks="e()", given={}, returns=number(), points={})\n'
    root = write({"assignments/ch1/test_later.py": later})
    assert [section.number for section in load(root).sections] == ["1.1", "1.2", "1.10"]


def test_a_choice_of_exercises_keeps_the_order_and_drops_empty_sections(write: WriteCourse) -> None:
    root = write()
    chosen = load(root, only=["Counter", "double"])
    assert [exercise.name for _, exercise in chosen.exercises()] == ["double", "Counter"]
    assert len(chosen.sections) == 1
    with pytest.raises(
        CourseError, match=r"There is no exercise softmax\. There are: shift, double, Counter\."
    ):
        load(root, only=["double", "softmax"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "must begin with its section"),
        ('"""Doubling."""\n', "must begin with its section"),
        ('"""1.2 Doubling."""\n', "declares no exercise"),
        ("1 / 0\n", "can't be loaded: ZeroDivisionError: division by zero"),
        ("def f(:\n", "can't be loaded: SyntaxError"),
        ("import no_such_module\n", "can't be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_a_malformed_checks_file_is_named_with_the_reason(write: WriteCourse, text: str, said: str) -> None:
    root = write({"assignments/ch1/test_doubling.py": text})
    with pytest.raises(CourseError) as caught:
        load(root)
    assert said in str(caught.value)
    assert "test_doubling.py" in str(caught.value)


def test_an_exercise_declared_twice_is_refused(write: WriteCourse) -> None:
    again = '"""1.3 Again."""\nfrom grader.laws import *\n'
    again += 'e = exercise("double", asks="double()", given={}, returns=number(), points={})\n'
    with pytest.raises(CourseError, match="declares double more than once"):
        load(write({"assignments/ch1/test_again.py": again}))


def test_a_folder_that_is_no_course_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="has no folder assignments/"):
        load(tmp_path)
    (tmp_path / "assignments" / "ch1").mkdir(parents=True)
    with pytest.raises(CourseError, match="has no checks"):
        load(tmp_path)


def test_a_missing_solution_is_named_if_it_is_needed(write: WriteCourse) -> None:
    root = write({})
    require_reference(load(root))
    (root / "reference" / "ch1" / "doubling.py").unlink()
    with pytest.raises(CourseError, match=r"doubling\.py is missing, the solution of doubling: .* Write it"):
        require_reference(load(root))


def test_a_file_that_could_not_be_loaded_leaves_no_module_behind(tmp_path: Path) -> None:
    path = tmp_path / "broken.py"
    path.write_text("x = 1\nraise ValueError\n")
    with pytest.raises(CourseError):
        load_module(path, "gradbook_test_broken")
    assert "gradbook_test_broken" not in sys.modules


def test_the_fingerprint_depends_on_what_verdicts_depend_on_and_nothing_else(write: WriteCourse) -> None:
    before = load(write()).fingerprint()
    assert before.startswith("sha256:")
    assert load(write()).fingerprint() == before  # loading it wrote byte code beside it
    for unimportant in (
        "assignments/ch1/doubling.py",
        "assignments/README.md",
        "reference/ch1/wheat/double/x.py",
    ):
        assert load(write({unimportant: "# changed\n"})).fingerprint() == before, unimportant
    seen = {before}
    for important in (
        "assignments/ch1/drive_doubling.py",
        "assignments/ch1/bands.json",
        "reference/ch1/doubling.py",
        "reference/supplied/d2l/torch.py",
        "reference/ch1/chaff/double/x.py",
    ):
        seen.add(load(write({important: "{}\n"})).fingerprint())
    assert len(seen) == 6


def test_the_fingerprint_does_not_depend_on_where_the_course_is(write: WriteCourse, tmp_path: Path) -> None:
    root = write()
    here = load(root).fingerprint()
    assert load(root.rename(tmp_path / "elsewhere")).fingerprint() == here


def test_a_course_loads_without_pandas_matplotlib_and_the_sandbox(write: WriteCourse) -> None:
    """On the student's machine, start-up must not be slowed down by what a section doesn't need."""
    code = (
        "import sys; from pathlib import Path; from grader.course.course import load; "
        "load(Path(sys.argv[1]));"
        "slow = ('pandas', 'matplotlib', 'torchvision', 'grader.sandbox');"
        "print([name for name in slow if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(write())], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
