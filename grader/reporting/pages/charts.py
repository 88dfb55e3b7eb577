"""The geometry of charts: where bars begin and end, in percent. Templates draw them as inline SVG."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BINS: Final = 10
WHOLE: Final = 100.0


class Quartiles(NamedTuple):
    """The least, the three quartiles and the greatest of some numbers."""

    least: float
    first: float
    median: float
    third: float
    greatest: float

    def scaled(self, maximum: float) -> Quartiles:
        """Return them in percent of a maximum."""
        return Quartiles(*(min(WHOLE, WHOLE * one / (maximum or 1.0)) for one in self))


class Bar(NamedTuple):
    """A bar of a histogram.

    Args:
        low: the least number in it.
        high: the number at which the next bar begins; in the last one, the greatest.
        size: how many numbers are in it.
        height: its height, in percent of the highest bar's.

    """

    low: float
    high: float
    size: int
    height: float


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """Return the quartiles of some numbers; None without any."""
    if not values:
        return None
    if len(values) == 1:
        return Quartiles(*([values[0]] * 5))
    first, median, third = statistics.quantiles(values, n=4, method="inclusive")
    return Quartiles(min(values), first, median, third, max(values))


def histogram(values: Sequence[float], maximum: float) -> list[Bar]:
    """Return ten bars from 0 to a maximum; what is greater is in the last one."""
    width = (maximum or 1.0) / BINS
    # Thirds of points are binary fractions: what is a hair below a bar's edge belongs above it.
    places = [min(BINS - 1, max(0, int(value / width + 1e-9))) for value in values]
    counts = [places.count(number) for number in range(BINS)]
    most = max(counts) or 1
    return [
        Bar(number * width, (number + 1) * width, count, WHOLE * count / most)
        for number, count in enumerate(counts)
    ]


def percent(part: float, whole: float) -> str:
    """Return a share for an attribute of an SVG: "62.5%"."""
    return f"{WHOLE * part / (whole or 1.0):.1f}%"
