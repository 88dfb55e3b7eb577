"""The geometry of charts: where bars begin and end, in percent. Templates draw them as inline SVG."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.verdict import PlotLine, PlotPanel

BINS: Final = 10
WHOLE: Final = 100.0
WIDTH: Final = 220
HEIGHT: Final = 120


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


class Drawing(NamedTuple):
    """A plot of lines.

    Args:
        title: its title.
        paths: each line's label and its path, in a box of `WIDTH` times `HEIGHT`.
        x: the least and the greatest x.
        y: the least and the greatest y.

    """

    title: str
    paths: list[tuple[str, str]]
    x: tuple[float, float]
    y: tuple[float, float]


def drawing(panel: PlotPanel) -> Drawing | None:
    """Return the drawing of a panel; None if there is nothing to draw."""
    every_x = [x for line in panel.lines for x in line.x]
    every_y = [y for line in panel.lines for y in line.y if y is not None]
    if not every_x or not every_y:
        return None
    x, y = (min(every_x), max(every_x)), (min(every_y), max(every_y))
    return Drawing(panel.title, [(line.label, _path(line, x, y)) for line in panel.lines], x, y)


def _path(line: PlotLine, x: tuple[float, float], y: tuple[float, float]) -> str:
    """Return the path of a line for an SVG; it begins anew after each gap."""
    steps = []
    is_joined = False
    for one, other in zip(line.x, line.y, strict=True):
        if other is not None:
            across = WIDTH * (one - x[0]) / ((x[1] - x[0]) or 1.0)
            down = HEIGHT * (y[1] - other) / ((y[1] - y[0]) or 1.0)
            steps.append(f"{'L' if is_joined else 'M'}{across:.1f} {down:.1f}")
        is_joined = other is not None
    return "".join(steps)


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
