"""Let submissions sit only those exams that the course's own solutions pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records.sources import Cell, SourceFile
from grader.records.verdict import not_judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.grading.grade_submission import SubmissionGrader

MAX_EXAMS: Final = 4
"""How many exams a worker keeps in memory: their inputs, the oracles' results, and what has passed."""


class FailedRehearsal(Exception):
    """The course's own solution does not pass its checks, so no submission can be judged by them."""


def rehearse(submission_grader: SubmissionGrader) -> None:
    """Grade the course's own solutions, which must be correct, before any submission sits this exam.

    This draws its inputs and calls the oracles once for all submissions, and shows a fault of the machine,
    the checks or the grader before it costs any student points. Raises `FailedRehearsal`.
    """
    for section in submission_grader.course.sections:
        solution = submission_grader.course.solution(section)
        if not solution.exists():
            continue
        source = SourceFile(
            solution.name, section.module, (Cell(None, solution.read_text(encoding="utf-8")),)
        )
        for result in submission_grader.grade_section(section, [source]):
            for check in not_judged(result):
                raise FailedRehearsal(check.fault)
            if result.status != "correct":
                number = submission_grader.exam.number
                nothing = "Nothing was graded" if number == 1 else f"Attempts number {number} are not graded"
                raise FailedRehearsal(
                    f"The course's own {result.name} ({solution}) is not correct ({result.status}): "
                    f"{result.message.strip().rstrip('.')}. {nothing}, since correct answers would not pass "
                    "either. Fix the check or the solution; if both are correct, use another --seed."
                )


class GraderByExam:
    """The graders of a worker: one for each exam, made and rehearsed when a submission first sits it.

    Args:
        rehearsed: returns a grader for the exam with a number. Raises `FailedRehearsal`.

    """

    def __init__(self, rehearsed: Callable[[int], SubmissionGrader]) -> None:
        self.rehearsed = rehearsed
        self.made: dict[int, SubmissionGrader | FailedRehearsal] = {}

    def get(self, number: int) -> SubmissionGrader:
        """Return the grader for an exam. The one not used for longest is forgotten, with its inputs.

        Raises:
            FailedRehearsal: the course's own solutions don't pass this exam.
        """
        found = self.made.pop(number, None)
        while len(self.made) >= MAX_EXAMS:
            del self.made[next(iter(self.made))]
        if found is None:
            try:
                found = self.rehearsed(number)
            except FailedRehearsal as failure:
                found = failure
        self.made[number] = found
        if isinstance(found, FailedRehearsal):
            raise found
        return found
