"""Time limits count processor time, and a third of the time by the clock."""

from __future__ import annotations

import time

import pytest

from grader.execution import stopwatch
from grader.execution.deadline import Expired, deadline
from grader.execution.stopwatch import ProcessorStopwatch, WallStopwatch, charged


class Clocks:
    """Clocks of a machine on which a process gets a part of a processor."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def process_time(self) -> float:
        return self.now * self.share


@pytest.fixture(params=[0.0, 0.2, 0.5, 1.0, 8.0])
def clocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clocks:
    """Asleep, starved, on half a processor, on a whole one, on eight with as many threads."""
    made = Clocks(request.param)
    monkeypatch.setattr(stopwatch, "monotonic", made.monotonic)
    monkeypatch.setattr(stopwatch, "process_time", made.process_time)
    return made


def test_what_counts_is_processor_time_and_at_least_a_third_of_the_clock(clocks: Clocks) -> None:
    wall, processor = WallStopwatch(), ProcessorStopwatch()
    clocks.now += 6
    assert wall.elapsed() == pytest.approx(6)
    assert processor.elapsed() == pytest.approx(6 * max(clocks.share, 1 / 3))
    assert charged(6 * clocks.share, 6) == pytest.approx(processor.elapsed())


def student_waits(seconds: float) -> None:
    """Do nothing for a while, as code of a student's: this file is none of the grader's."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.005)


@pytest.fixture
def starved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine so busy that this process gets a hundredth of a processor."""
    start = time.monotonic()
    monkeypatch.setattr(stopwatch, "process_time", lambda: (time.monotonic() - start) / 100)


@pytest.mark.usefixtures("starved")
def test_a_starved_process_is_not_interrupted_when_its_limit_has_passed_by_the_clock() -> None:
    with pytest.raises(Expired), deadline(0.4):
        student_waits(1.0)
    with deadline(0.4, stopwatch=ProcessorStopwatch()):
        student_waits(0.8)
    with pytest.raises(Expired), deadline(0.4, stopwatch=ProcessorStopwatch()):
        student_waits(20)


def test_threads_use_up_processor_time_faster_than_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline looks again before it could have passed on all processors at once."""
    start = time.monotonic()
    monkeypatch.setattr(stopwatch, "process_time", lambda: 50 * (time.monotonic() - start))
    monkeypatch.setattr(ProcessorStopwatch, "max_rate", 50.0)
    with pytest.raises(Expired), deadline(20, stopwatch=ProcessorStopwatch()):
        student_waits(15)
    assert time.monotonic() - start < 10
