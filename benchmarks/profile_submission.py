"""Where the time of a submission goes, without training: a right one, whose answers were seen before or not.

python benchmarks/profile_submission.py
"""

from __future__ import annotations

import dataclasses
import functools
import statistics
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import torch
from timing import ROOT, SECTIONS, import_torch

from grader.course.course import load
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import Process
from grader.grading.retries import Program
from grader.grading.sandbox_session import SandboxSession
from grader.grading.worker import sandbox_server
from grader.judging.generated_cases import Exam, PassedChecks
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Server

if TYPE_CHECKING:
    from grader.course.course import Course, Section

ROUNDS = 15


class Stopwatch:
    """Adds up the time spent in some methods."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def watch(self, owner: type, method: str, stage: str) -> None:
        """Add the time of a method to a stage."""
        original = getattr(owner, method)

        @functools.wraps(original)
        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the method's
            started = time.perf_counter()
            try:
                return original(*arguments, **named)
            finally:
                self.seconds[stage] += time.perf_counter() - started

        setattr(owner, method, timed)


def main() -> None:
    """Print the stages of a submission in milliseconds, the median of some rounds."""
    torch.set_num_threads(1)
    course = without_training(load(ROOT))
    training_data.use(course.data, data_set=course.data_set)
    watch = Stopwatch()
    watch.watch(Server, "fork", "fork a child and confine it")
    watch.watch(SandboxSession, "_open", "load the program")
    watch.watch(SandboxSession, "ask", "answer the questions")
    watch.watch(Process, "end", "end the child")
    base = statistics.median(import_torch() for _ in range(5))
    print(f"import torch: {base * 1000:.0f} ms; {len(course.sections)} sections")
    with sandbox_server(course, course.data) as server:
        submission_grader = SubmissionGrader(course, Exam(1), server)
        grade_solutions(submission_grader)
        for title, forget in (("answers already judged", False), ("answers not yet judged", True)):
            rounds = [stages(submission_grader, watch, forget=forget) for _ in range(ROUNDS)]
            print(f"\n{title}")
            for stage in rounds[0]:
                middle = statistics.median(one[stage] for one in rounds)
                print(f"  {stage:<30}{middle * 1000:7.0f} ms {middle / base:8.3f} x import torch")


def without_training(course: Course) -> Course:
    """Return the four sections without exercises that train."""
    sections = [
        dataclasses.replace(
            section,
            exercises=tuple(
                one for one in section.exercises if all(check.statistic is None for check in one.checks)
            ),
        )
        for section in course.sections
        if section.module in SECTIONS
    ]
    return dataclasses.replace(course, sections=tuple(sections))


def grade_solutions(submission_grader: SubmissionGrader) -> None:
    """Grade the course's own solutions, as one submission."""
    course = submission_grader.course
    submission_grader.grade_programs([Program(one, [solution(course, one)]) for one in course.sections])


def solution(course: Course, section: Section) -> SourceFile:
    """Return a section's file, filled in."""
    source = course.solution(section).read_text(encoding="utf-8")
    return SourceFile(f"{section.module}.py", section.module, (Cell(None, source),))


def stages(submission_grader: SubmissionGrader, watch: Stopwatch, *, forget: bool) -> dict[str, float]:
    """Return the seconds of each stage of one submission, none counted twice."""
    if forget:
        submission_grader.exam.passed_checks = PassedChecks()
    watch.seconds.clear()
    started = time.perf_counter()
    grade_solutions(submission_grader)
    whole, found = time.perf_counter() - started, dict(watch.seconds)
    found["load the program"] -= found["fork a child and confine it"]
    found["judge, and everything else"] = whole - sum(found.values())
    return {**found, "total": whole}


if __name__ == "__main__":
    main()
