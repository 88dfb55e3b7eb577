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
from timing import CARD, ROOT, import_torch

from grader.course.course import load
from grader.datasets import training_data
from grader.grading.grade_submission import Marker
from grader.grading.sandbox_session import Seat
from grader.grading.worker import wall_for
from grader.judging.generated_cases import Exam, Passes
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Server

if TYPE_CHECKING:
    from grader.course.course import Course

ROUNDS = 15


class Stopwatch:
    """Adds up what calls of some methods take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def watch(self, owner: type, method: str, stage: str) -> None:
        """Count the time of a method for a stage."""
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
    training_data.use(course.data)
    watch = Stopwatch()
    watch.watch(Server, "fork", "fork a child and confine it")
    watch.watch(Seat, "_sit_down", "load the program")
    watch.watch(Seat, "ask", "answer the questions")
    watch.watch(Seat, "stand_up", "end the child")
    base = statistics.median(import_torch() for _ in range(5))
    print(f"import torch: {base * 1000:.0f} ms; {len(course.sections)} sections, a child each")
    with wall_for(course, course.data) as server:
        marker = Marker(course, Exam(1), server)
        mark(marker)
        for title, forget in (("answers as seen before", False), ("answers never seen before", True)):
            rounds = [stages(marker, watch, forget=forget) for _ in range(ROUNDS)]
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
        if section.module in CARD
    ]
    return dataclasses.replace(course, sections=tuple(sections))


def mark(marker: Marker) -> None:
    """Grade the course's own solutions."""
    for section in marker.course.sections:
        source = marker.course.solution(section).read_text(encoding="utf-8")
        marker.mark_section(section, [SourceFile("x.py", section.module, (Cell(None, source),))])


def stages(marker: Marker, watch: Stopwatch, *, forget: bool) -> dict[str, float]:
    """Return the seconds of each stage of one submission, none counted twice."""
    if forget:
        marker.exam.passes = Passes()
    watch.seconds.clear()
    started = time.perf_counter()
    mark(marker)
    whole, found = time.perf_counter() - started, dict(watch.seconds)
    found["load the program"] -= found["fork a child and confine it"]
    found["judge, and the rest"] = whole - sum(found.values())
    return {**found, "all of it": whole}


if __name__ == "__main__":
    main()
