"""Each exam is rehearsed once, as long as it is in use."""

from __future__ import annotations

from grader.course.course import load
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.rehearsal import MAX_EXAMS, GraderByExam
from grader.judging.generated_cases import Exam
from grader.sandbox import Server


def test_a_worker_keeps_a_few_exams_and_rehearses_each_once() -> None:
    rehearsed: list[int] = []

    def rehearse(number: int) -> SubmissionGrader:
        rehearsed.append(number)
        return SubmissionGrader(course, Exam(7, number=number), server)

    course, server = load(only=["softmax"]), Server(warm="", entry="")
    graders = GraderByExam(rehearse)
    for number in (1, 2, 3, 1, 4):
        assert graders.get(number).exam.number == number
    assert rehearsed == [1, 2, 3, 4]
    graders.get(5)  # now 2 is the one that was not used for longest
    assert len(graders.made) == MAX_EXAMS == 4
    graders.get(1)
    graders.get(2)
    assert rehearsed == [1, 2, 3, 4, 5, 2]
