"""What the class should hear about next."""

from __future__ import annotations

from grader.reporting.analysis.alarms import alarms_of
from grader.reporting.analysis.answers import answers_of
from grader.reporting.analysis.behaviour import clusters_of
from grader.reporting.analysis.lecture import Topic, topics_of
from tests.fixtures.reports import COLUMNS, report, wrong_softmax
from tests.fixtures.synthetic_class import CLUSTER, MISCONCEPTION, synthetic_class


def topics(planted: bool = True) -> list[Topic]:
    made = synthetic_class()
    answers = answers_of(made.reports, made.exercises)
    return topics_of(answers, clusters_of(answers), alarms_of(answers) if planted else [])


def test_shared_mistakes_come_first_then_what_is_often_wrong() -> None:
    first, second, third = topics()
    assert (first.answers.exercise.name, first.place) == (MISCONCEPTION, "misconceptions")
    assert first.what == "You divide by the sums of the columns, not of the rows."
    assert first.why == "133 of 384 who tried it (35%) make this mistake. It costs the class 798 points."
    assert (second.answers.exercise.name, second.place) == (CLUSTER, "unexplained")
    assert "25 answers break this in the same way on `relu(torch.tensor([-1., 2.]))`." in second.what
    assert third.place == "exercises"


def test_what_a_doubtful_check_rejects_is_no_topic() -> None:
    assert "cross_entropy" not in {topic.answers.exercise.name for topic in topics()}
    assert "cross_entropy" in {topic.answers.exercise.name for topic in topics(planted=False)}


def test_one_mistake_of_one_student_is_no_topic() -> None:
    answers = answers_of([report("ada", wrong_softmax(misconception=COLUMNS))], [wrong_softmax()])
    assert topics_of(answers, [], []) == []
