"""How far a run is: the estimate is one that a watch would confirm."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.progress import Progress, Slowest, seconds_left
from grader.submissions import Entry, alone


def entry(name: str) -> Entry:
    return alone(name, Path(f"{name}.py"))


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_said_before_the_first_one_is_done() -> None:
    progress = Progress(Clock())
    progress.expect(3)
    assert progress.seconds_left() is None
    assert progress.slowest() is None
    progress.begin(entry("a"))
    assert progress.seconds_left() is None


def test_what_waits_takes_as_long_as_what_is_done_on_as_many_workers() -> None:
    assert seconds_left([2.0, 4.0], [], 10, 1) == pytest.approx(30.0)
    assert seconds_left([2.0, 4.0], [], 10, 2) == pytest.approx(15.0)
    assert seconds_left([2.0, 4.0], [3.0], 0, 2) == pytest.approx(1.0), "longer ones took 4 s"


def test_the_last_one_of_an_endless_loop_is_waited_for_without_a_promise() -> None:
    """What the bar once said for 40 s: that there is a second to go."""
    clock = Clock()
    progress = Progress(clock)
    progress.expect(11)
    for number in range(10):
        progress.begin(entry(str(number)))
        clock.now += 1
        progress.end(entry(str(number)))
    progress.begin(entry("eve"))
    clock.now += 0.5
    assert progress.seconds_left() == pytest.approx(0.5)
    clock.now += 39.5
    assert progress.seconds_left() is None
    assert progress.slowest() == Slowest("eve", 40.0)


def test_a_submission_that_goes_back_waits_again() -> None:
    progress = Progress(Clock())
    progress.expect(2)
    progress.begin(entry("a"))
    assert progress.waiting == 1
    progress.give_back(entry("a"))
    assert progress.waiting == 2
    assert progress.slowest() is None


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_of_a_class_in_which_some_are_slow_the_estimate_is_about_right(workers: int) -> None:
    """Half of them are done: what is said then is within 15% of what it takes."""
    clock = Clock()
    seconds = {str(number): (1.0, 1.5, 12.0, 2.0, 3.0)[number % 5] for number in range(400)}
    progress = Progress(clock)
    progress.expect(len(seconds))
    waiting, said = list(seconds), []
    ends: dict[str, float] = {}
    while waiting or ends:
        while waiting and len(ends) < workers:
            name = waiting.pop()
            progress.begin(entry(name))
            ends[name] = clock.now + seconds[name]
        first = min(ends, key=ends.__getitem__)
        clock.now = ends.pop(first)
        progress.end(entry(first))
        if len(waiting) == len(seconds) // 2:
            said.append((clock.now, progress.seconds_left()))
    then, left = said[0]
    assert left == pytest.approx(clock.now - then, rel=0.15)
