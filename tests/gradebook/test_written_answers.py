"""Written answers, arranged so that one comment serves many."""

from __future__ import annotations

from msgspec.structs import replace

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.events import Adjustment, Undo
from grader.gradebook.written_answers import (
    Written,
    grouped,
    not_asked,
    plain,
    questions_of,
    scores,
    section_of,
)
from grader.records.written import WrittenAnswer
from tests.fixtures.events import events
from tests.fixtures.reports import report, result
from tests.fixtures.synthetic_class import POLICY, synthetic_class


def sizes(*texts: str) -> list[int]:
    groups = grouped(Written(f"s{number}", text) for number, text in enumerate(texts))
    return [len(group.answers) for group in groups]


def test_headings_spaces_and_capitals_make_no_other_answer() -> None:
    assert plain("## 4.4 Discussion\n\nRows  sum\nto One.") == plain("### Übung\nrows sum to one.")
    assert sizes("# 4.4\nRows sum to one.", "rows sum to  one.") == [2]


def test_nearly_equal_answers_are_together_and_others_are_not() -> None:
    long = "The sum of each row is one because every row is the distribution of one example."
    assert sizes(long, long.replace("every", "each"), long + "!") == [3]
    assert sizes(long, "The sum of each column is one.", "No.") == [1, 1, 1]
    assert sizes("Yes.", "No.", "No.") == [2, 1]


def test_variants_of_a_group_are_shown_with_their_answers_the_most_frequent_first() -> None:
    long = "The sum of each row is one because every row is the distribution of one example"
    (group,) = grouped([Written("a", long + "!"), Written("b", long), Written("c", long.upper())])
    assert [positions for _text, positions in group.variants] == [[1, 2], [0]]


def test_a_question_is_about_the_section_in_its_name() -> None:
    assert [section_of(name) for name in ("4.4", "discussion 4.4", "essay")] == ["4.4", "4.4", ""]
    wrote = replace(report("ada", result("relu", 4.0)), written=(WrittenAnswer("4.4", "Rows.", "a.md"),))
    policy = MarkPolicy(written={"discussion 4.4": 5, "essay": 3}, rubrics={"essay": {"clear": 1}})
    first, essay = questions_of(policy, [wrote, report("bob", result("relu", 4.0))])
    assert [one.student for one in first.groups[0].answers] == ["ada"]
    assert [one.student for one in first.groups[-1].answers] == ["bob"], "who wrote nothing comes last"
    assert (first.points, first.rubric) == (5, {})
    assert [len(group.answers) for group in essay.groups] == [2]
    assert essay.rubric == {"clear": 1}
    assert not_asked(policy, [wrote]) == []
    assert not_asked(MarkPolicy(), [wrote]) == ["4.4"]


def test_the_last_score_that_was_not_undone_is_the_score() -> None:
    first = Adjustment(reason="r", exercise="4.4", how="set", points=2)
    second = Adjustment(reason="r", exercise="4.4", how="set", points=3, comment="Why?")
    other = Adjustment(reason="r", exercise="5.1", how="set", points=9)
    (score,) = scores(events(first, second, other), "4.4").values()
    assert (score.event, score.points, score.comment) == (2, 3, "Why?")
    undone = events(first, second, Undo(reason="r", event=2))
    assert scores(undone, "4.4")["alice"].points == 2


def test_equal_texts_of_a_class_of_four_hundred_are_one_group_and_no_other_texts_are() -> None:
    planted = synthetic_class()
    (question,) = questions_of(POLICY, planted.reports)
    first, *others, nothing = question.groups
    assert {one.student for one in first.answers} == planted.wrote_the_same
    assert len(first.variants) == 2
    assert {len(group.answers) for group in others} == {1}
    assert {one.text for one in nothing.answers} == {""}
    assert len(first.answers) + len(others) + len(nothing.answers) == len(planted.reports)
