"""Let submissions sit only those exams that the course's own solutions pass."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from grader.grading.grade_submission import SubmissionGrader
from grader.grading.retries import Program
from grader.records.devices import AUTO, CUDA
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import not_judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.course.course import Course, Section
    from grader.records.verdict import ExerciseResult
    from grader.records.worker_protocol import Config

MAX_EXAMS: Final = 4
"""How many exams a worker keeps in memory: their inputs, the oracles' results, and what has passed."""


class FailedRehearsal(Exception):
    """The course's own solution does not pass its checks, so no submission can be judged by them."""


def rehearse(
    submission_grader: SubmissionGrader, sections: Iterable[Section]
) -> dict[str, FailedRehearsal | None]:
    """Grade the course's own solutions of some sections, which must be correct, before any submission does.

    This draws the exam's inputs and calls the oracles once for all submissions, and shows a fault of the
    machine, the checks or the grader before it costs any student points.

    Returns:
        By the name of the section's module, what is wrong; None if nothing is, or if there is no solution.
    """
    found: dict[str, FailedRehearsal | None] = {section.module: None for section in sections}
    for result in submission_grader.grade_programs(solutions(submission_grader.course, sections)):
        fault = next((check.fault for check in not_judged(result)), None)
        failure = fault if fault is not None else _why_not_correct(result, submission_grader)
        if failure is not None and found[result.module] is None:
            found[result.module] = FailedRehearsal(failure)
    return found


def solutions(course: Course, sections: Iterable[Section]) -> list[Program]:
    """Return the course's own solutions of some sections, as far as there are any."""
    found = []
    for section in sections:
        path = course.solution(section)
        if path.exists():
            cell = Cell(None, path.read_text(encoding="utf-8"))
            found.append(Program(section, [SourceFile(path.name, section.module, (cell,))]))
    return found


def _why_not_correct(result: ExerciseResult, submission_grader: SubmissionGrader) -> str | None:
    if result.status == "correct":
        return None
    number = submission_grader.exam.number
    nothing = "Nothing was graded" if number == 1 else f"Attempts number {number} are not graded"
    section = next(one for one in submission_grader.course.sections if one.module == result.module)
    return (
        f"The course's own {result.name} ({submission_grader.course.solution(section)}) is not correct "
        f"({result.status}): {result.message.strip().rstrip('.')}. {nothing}, since correct answers would "
        "not pass either. Fix the check or the solution; if both are correct, use another --seed."
    )


def device_advice(config: Config, submission_grader: SubmissionGrader) -> str:
    """Return what to tell of the device that `--device auto` chose: whether the CPU is faster.

    The first worker of a class finds out: it grades the course's own solutions on both.
    """
    exam = submission_grader.exam
    if config.device != AUTO or CUDA not in exam.devices or config.worker_number or config.is_single:
        return ""
    own = solutions(submission_grader.course, submission_grader.course.sections)
    on_cpu = SubmissionGrader(submission_grader.course, exam.on_cpu(), submission_grader.server)
    on_cpu.grade_programs(own)  # so that the oracles have been called on both
    seconds = {}
    for name, one in (("GPU", submission_grader), ("CPU", on_cpu)):
        started = time.monotonic()
        one.grade_programs(own)
        seconds[name] = time.monotonic() - started
    if seconds["GPU"] <= seconds["CPU"]:
        return ""
    return (
        "--device auto: the GPU is used. One submission at a time, the CPU is faster for this course: "
        f"its solutions take {seconds['CPU']:.1f} s there, {seconds['GPU']:.1f} s on the GPU."
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
        wanted = list(sections)
        outcomes |= rehearse(submission_grader, [one for one in wanted if one.module not in outcomes])
        for section in wanted:
            failure = outcomes[section.module]
            if failure is not None:
                raise failure
