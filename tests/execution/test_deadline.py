"""Nested deadlines, and deadlines beside other signal handlers.

For endless code see `tests/local/test_endless_code.py`.
"""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING

import pytest

from grader.execution.deadline import Expired, deadline
from grader.execution.student_code import Answers
from grader.records.protocol import EXPIRED, Ask
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from types import FrameType


def busy(seconds: float) -> int:
    """Compute for some time, as a student's code does: this file is none of the grader's."""
    until, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        rounds += 1
    return rounds


def test_the_outer_deadline_stops_code_under_an_inner_one() -> None:
    started = time.monotonic()
    with pytest.raises(Expired), deadline(0.2), deadline(60):
        busy(30)
    assert time.monotonic() - started < 10


def test_an_inner_deadline_that_stops_something_leaves_the_outer_one_as_it_is() -> None:
    with deadline(60):
        with pytest.raises(Expired), deadline(0.1):
            busy(30)
        assert busy(0.5) > 0


def test_an_outer_deadline_still_stops_what_comes_after_an_inner_one() -> None:
    with pytest.raises(Expired), deadline(0.5):  # noqa: PT012 - the outer block is what is tested
        with contextlib.suppress(Expired), deadline(0.1):
            busy(30)
        busy(30)


def test_nothing_fires_after_blocks_that_end_just_about_in_time() -> None:
    """Whether they expire is anybody's guess; that nothing is left of them isn't."""
    before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    stopped = 0
    for _ in range(40):
        try:
            with deadline(0.01):
                busy(0.01)
        except Expired:
            stopped += 1
    busy(0.6)
    if before is not None:
        assert signal.getsignal(signal.SIGALRM) is before
    assert 0 <= stopped <= 40


def test_an_error_of_the_code_leaves_the_block_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), deadline(0.1):
        busy(1 / 0)
    assert busy(0.3) > 0


@pytest.mark.skipif(
    not hasattr(signal, "SIGALRM"), reason="this system has no alarms: there is nobody else's"
)
def test_somebody_elses_alarm_is_passed_on() -> None:
    """pytest-timeout has its own."""
    rung = []

    def ring(number: int, _frame: FrameType | None) -> None:
        rung.append(number)

    previous = signal.signal(signal.SIGALRM, ring)
    try:
        with deadline(60):
            signal.raise_signal(signal.SIGALRM)
        signal.raise_signal(signal.SIGALRM)
    finally:
        signal.signal(signal.SIGALRM, previous)
    assert len(rung) == 2


def test_without_a_limit_there_is_no_deadline() -> None:
    with deadline(float("inf")):
        assert busy(0.01) > 0


LOOP = """\
def f(n):
    while n > 1:
        pass
    return n
"""


def test_of_several_questions_the_one_that_ran_out_of_time_is_the_last() -> None:
    file = SourceFile("answer.py", "answer", (Cell(None, LOOP),))
    answers = Answers((file,), {"f": ("f",)}, {})
    asks = [Ask("f(n)", {"n": n}, 1) for n in (0, 1, 2, 3)]
    seen = [observation for observation, _error in answers.ask("f", 0, asks, 0.5)]
    assert [one.result for one in seen[:2]] == [0, 1]
    assert len(seen) == 3
    assert seen[2].raised is not None
    assert seen[2].raised.kind == EXPIRED
    assert "answer.py, line " in seen[2].raised.lines
    again = [observation.result for observation, _error in answers.ask("f", 0, asks[:2], 5)]
    assert again == [0, 1]
