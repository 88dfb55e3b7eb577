"""Let submissions sit only those exams that the course's own solutions pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records.sources import Cell, SourceFile
from grader.records.verdict import not_judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.course.course import Section
    from grader.grading.grade_submission import SubmissionGrader

MAX_EXAMS: Final = 4
"""How many exams a worker keeps in memory: their inputs, the oracles' results, and what has passed."""


class FailedRehearsal(Exception):
    """The course's own solution does not pass its checks, so no submission can be judged by them."""


def rehearse(submission_grader: SubmissionGrader, section: Section) -> None:
    """Grade the course's own solutions of a section, which must be correct, before any submission does.

    This draws the exam's inputs and calls the oracles once for all submissions, and shows a fault of the
    machine, the checks or the grader before it costs any student points. Raises `FailedRehearsal`.
    """
    solution = submission_grader.course.solution(section)
    if not solution.exists():
        return
    source = SourceFile(solution.name, section.module, (Cell(None, solution.read_text(encoding="utf-8")),))
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
    """The graders of a worker, one for each exam, and which sections of the exam are rehearsed.

    Args:
        made: returns a grader for the exam with a number.
    """

    def __init__(self, made: Callable[[int], SubmissionGrader]) -> None:
        self.made = made
        self.graders: dict[int, SubmissionGrader] = {}
        self.rehearsals: dict[int, dict[str, FailedRehearsal | None]] = {}

    def get(self, number: int) -> SubmissionGrader:
        """Return the grader for an exam. The one not used for longest is forgotten, with its inputs."""
        found = self.graders.pop(number, None)
        while len(self.graders) >= MAX_EXAMS:
            forgotten = next(iter(self.graders))
            del self.graders[forgotten], self.rehearsals[forgotten]
        if found is None:
            found = self.made(number)
            self.rehearsals[number] = {}
        self.graders[number] = found
        return found

    def to_rehearse(self, number: int) -> list[Section]:
        """Return the sections of an exam with which no rehearsal has gone well."""
        sections, outcomes = self.get(number).course.sections, self.rehearsals[number]
        return [one for one in sections if one.module not in outcomes or outcomes[one.module] is not None]

    def rehearse(self, number: int, sections: Iterable[Section]) -> None:
        """Rehearse sections of an exam, each one once.

        Raises:
            FailedRehearsal: the course's own solutions don't pass this exam.
        """
        submission_grader, outcomes = self.get(number), self.rehearsals[number]
        for section in sections:
            if section.module not in outcomes:
                outcomes[section.module] = _outcome(submission_grader, section)
            failure = outcomes[section.module]
            if failure is not None:
                raise failure


def _outcome(submission_grader: SubmissionGrader, section: Section) -> FailedRehearsal | None:
    try:
        rehearse(submission_grader, section)
    except FailedRehearsal as failure:
        return failure
    return None
