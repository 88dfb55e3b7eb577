"""The processes that a section needs: their programs are loaded within one time limit together."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grader.course.course import SHIPPED, load
from grader.execution.student_code import LOAD_SECONDS
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.sandbox_session import MIN_LOAD_SECONDS
from grader.judging.generated_cases import Exam
from grader.records.protocol import Contents, Load
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Exit, Limits

COURSE = load(SHIPPED, ["HyperParameters", "Trainer", "DataModule"])


class SlowServer:
    """Forks children that compute 6 seconds to load a program, in which nothing is defined."""

    gpu = None
    limits = Limits()

    def __init__(self) -> None:
        self.now = 0.0
        self.loads: list[Load] = []

    def cpu_seconds(self) -> float:
        return self.now

    def fork(self) -> SlowServer:
        return self

    def send(self, payload: bytes, _deadline: float, _cpu_limit: float) -> None:
        self.loads.append(msgspec.msgpack.decode(payload, type=Load))

    def receive(self, _deadline: float, _limit: int, _cpu_limit: float) -> bytes:
        self.now += 6.0
        return msgspec.msgpack.encode(Contents({}, {}))

    def close(self) -> Exit:
        return Exit(signal=9, code=None, peak_memory=0, cpu_seconds=0.0, killed=True)


def test_the_programs_of_a_section_are_loaded_within_one_time() -> None:
    server: Any = SlowServer()
    (section,) = COURSE.sections
    source = "from d2l.torch import HyperParameters\nTrainer, DataModule = 1, 2"
    files = [SourceFile("hw.py", None, (Cell(None, source),))]
    results = SubmissionGrader(COURSE, Exam(0), server).grade_section(section, files)
    assert [one.name for one in results] == ["HyperParameters", "DataModule", "Trainer"]
    assert [[*one.wanted] for one in server.loads] == [["HyperParameters"], ["DataModule"], ["Trainer"]]
    expected = [LOAD_SECONDS, LOAD_SECONDS - 6.0, MIN_LOAD_SECONDS]
    assert [one.seconds for one in server.loads] == pytest.approx(expected, abs=0.1)
