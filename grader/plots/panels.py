"""Reduce a figure of curves to what a report keeps of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from grader.checks.plot_specs import LinePlot
from grader.records.verdict import PlotLine, PlotPanel

if TYPE_CHECKING:
    from grader.checks.plot_specs import Figure, Line

POINTS: Final = 81
"""Points of a line, at most: more are not seen in a small plot."""
DIGITS: Final = 4


def panels_of(figure: Figure) -> tuple[PlotPanel, ...]:
    """Return the panels of a figure that are curves, with few points and few digits."""
    return tuple(
        PlotPanel(panel.title, tuple(map(_reduced, panel.lines)))
        for panel in figure.panels
        if isinstance(panel, LinePlot)
    )


def _reduced(line: Line) -> PlotLine:
    step = max(1, math.ceil(len(line.x) / POINTS))
    return PlotLine(
        line.label,
        tuple(map(_rounded, line.x[::step])),
        tuple(_rounded(y) if math.isfinite(y) else None for y in line.y[::step]),
    )


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
