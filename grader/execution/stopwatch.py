"""Measure the time that code takes: by the clock, or as processor time.

A time limit in the sandbox is one of processor time, because a child that shares its cores with others must
not run out of time for that. By the clock it may take `WALL_FACTOR` times as long: code that sleeps uses no
processor at all.
"""

from __future__ import annotations

import os
from time import monotonic, process_time
from typing import Final, Protocol

WALL_FACTOR: Final = 3
"""How many seconds by the clock one second of a time limit may take."""


def charged(processor: float, wall: float) -> float:
    """Return how many seconds of a time limit are used up by so much processor time and time by the clock."""
    return max(processor, wall / WALL_FACTOR)


class Stopwatch(Protocol):
    """Measures time from its creation on."""

    max_rate: float
    """The most seconds that it can count within one second by the clock."""
    unit: str
    """What it counts, as a message says it after a number."""

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was created."""


class WallStopwatch:
    """Measures time by the clock."""

    max_rate = 1.0
    unit = "s"

    def __init__(self) -> None:
        self._start = monotonic()

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was created."""
        return monotonic() - self._start


class ProcessorStopwatch:
    """Measures what this process, with all its threads, uses up of a time limit (see `charged`)."""

    max_rate = float(os.cpu_count() or 1)
    unit = f"s of processor time, or {WALL_FACTOR} times as long by the clock"

    def __init__(self) -> None:
        self._processor = process_time()
        self._wall = monotonic()

    def elapsed(self) -> float:
        """Return the seconds of a time limit that were used up since the stopwatch was created."""
        return charged(process_time() - self._processor, monotonic() - self._wall)
