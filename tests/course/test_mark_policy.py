"""`[marks]` and `[gradebook]` of course.toml: what they say, and the sentence for each mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course_toml import CourseError, read
from grader.course.mark_policy import EXAMPLES, MarkPolicy

if TYPE_CHECKING:
    from pathlib import Path

TOP = 'title = "Numbers"\npoints = 12\n[[sections]]\nmodule = "mlp"\n[marks]\n'


def said(root: Path, line: str) -> str:
    (root / "course.toml").write_text(f"{TOP}{line}\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read(root)
    return str(caught.value).removeprefix(f"{root}/")


def test_everything_can_be_set(tmp_path: Path) -> None:
    lines = (
        'attempt = "best"\ngrace_minutes = 15\nlate_days = 3\nlate_penalty = [10, 20]\nlate_cap = 50\n'
        "drop_lowest = 1\nwritten = {essay = 10}\nround_to = 0.5\n"
        "rubrics = {essay = {clear = 3, long = -1}}\n"
        '[gradebook]\nurl = "postgresql://grader@db.example.org/marks"\n'
    )
    (tmp_path / "course.toml").write_text(TOP + lines, encoding="utf-8")
    syllabus = read(tmp_path)
    assert syllabus is not None
    assert syllabus.marks == MarkPolicy(
        "best", 15, 3, (10, 20), 50, 1, {"essay": 10}, 0.5, {"essay": {"clear": 3, "long": -1}}
    )
    assert syllabus.gradebook.url == "postgresql://grader@db.example.org/marks"


def test_without_it_the_last_attempt_counts_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(TOP, encoding="utf-8")
    syllabus = read(tmp_path)
    assert syllabus is not None
    assert syllabus.marks == MarkPolicy(attempt="last", late_penalty=(), round_to=0.01)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('attempt = "worst"', "attempt can't be that. For example: attempt = "),
        ("late_days = -1", "late_days must be 0 or more, and is -1. For example: late_days = 3."),
        ("late_penalty = 10", "late_penalty must be a list, and is a whole number. For example: "),
        (
            "late_penalty = [10, 120]",
            "late_penalty is in percent, each number from 0 to 100, which 120 is not",
        ),
        ('late_penalty = ["a"]', "what late_penalty lists must be a number, and this is text"),
        ("late_cap = -1", "late_cap is in percent, from 0 to 100, and is -1"),
        ("drop_lowest = -1", "drop_lowest must be 0 or more, and is -1"),
        ("drop_lowest = 1", "drop_lowest = 1 leaves nothing of 1 sections"),
        ("grace_minutes = 20000", "grace_minutes must be from 0 to 10080, and is 20000"),
        ("round_to = 0", "round_to must be a number above 0, which 0 is not"),
        ("round_to = nan", "round_to must be a number above 0, which nan is not"),
        ("written = {essay = 0}", "the points of essay must be a number above 0, which 0 is not"),
        ('written = {essay = "ten"}', "essay must be a number, and is text"),
        ('written = {" " = 1}', "what is written needs a name"),
        (
            "rubrics = {essay = {clear = 1}}",
            "there is a rubric for essay, which is not among what is written",
        ),
        ('rubrics = {essay = {" " = 1}}\nwritten = {essay = 9}', "the rubric of essay needs a line of text"),
        (
            'rubrics = {a = {b = "x"}}\nwritten = {a = 9}',
            "a must be a number, and is text. For example: [marks.rub",
        ),
        ("late_dys = 3", "there is no setting late_dys. Did you mean late_days?"),
    ],
)
def test_each_mistake_has_its_line_and_sentence(tmp_path: Path, line: str, message: str) -> None:
    assert said(tmp_path, line).startswith(f"course.toml:6: {message}")


def test_each_setting_has_an_example() -> None:
    assert {f"marks.{name}" for name in MarkPolicy.__struct_fields__} <= EXAMPLES.keys()
