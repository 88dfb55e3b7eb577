"""Each section of an exam is rehearsed once, as long as the exam is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.grading import rehearsal
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.rehearsal import MAX_EXAMS, FailedRehearsal, GraderByExam
from grader.judging.generated_cases import Exam
from grader.sandbox import Server

if TYPE_CHECKING:
    from grader.course.course import Section

COURSE = load(only=["softmax", "relu", "fit_epoch"])


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What is rehearsed: exams and sections."""
    done: list[tuple[int, str]] = []

    def rehearse(
        submission_grader: SubmissionGrader, sections: list[Section]
    ) -> dict[str, FailedRehearsal | None]:
        done.extend((submission_grader.exam.number, section.module) for section in sections)
        failure = FailedRehearsal("The course's own relu is not correct.")
        return {section.module: failure if section.module == "mlp" else None for section in sections}

    monkeypatch.setattr(rehearsal, "rehearse", rehearse)
    return done


def by_exam() -> GraderByExam:
    server = Server(warm="", entry="")
    return GraderByExam(lambda number: SubmissionGrader(COURSE, Exam(7, number=number), server))


def section(module: str) -> Section:
    return next(one for one in COURSE.sections if one.module == module)


def test_a_worker_keeps_a_few_exams_and_rehearses_each_once(rehearsed: list[tuple[int, str]]) -> None:
    graders, one = by_exam(), section("linear_regression_scratch")
    for number in (1, 2, 3, 1, 4):
        graders.rehearse(number, [one])
        assert graders.get(number).exam.number == number
    assert rehearsed == [
        (1, "linear_regression_scratch"),
        (2, "linear_regression_scratch"),
        (3, "linear_regression_scratch"),
        (4, "linear_regression_scratch"),
    ]
    graders.get(5)  # now 2 is the one that was not used for longest
    assert len(graders.graders) == len(graders.rehearsals) == MAX_EXAMS == 4
    graders.rehearse(1, [one])
    graders.rehearse(2, [one])
    assert rehearsed[4:] == [(2, "linear_regression_scratch")]


def test_sections_are_rehearsed_as_they_are_needed(rehearsed: list[tuple[int, str]]) -> None:
    graders = by_exam()
    graders.rehearse(1, [section("linear_regression_scratch")])
    graders.rehearse(1, [section("linear_regression_scratch"), section("softmax_regression_scratch")])
    assert rehearsed == [(1, "linear_regression_scratch"), (1, "softmax_regression_scratch")]
    assert graders.to_rehearse(1) == [section("mlp")]
    for _ in range(2):
        with pytest.raises(FailedRehearsal, match="own relu"):
            graders.rehearse(1, [section("linear_regression_scratch"), section("mlp")])
    assert rehearsed[2:] == [(1, "mlp")]
    assert graders.to_rehearse(1) == [section("mlp")]
