"""Plots of wrong answers: where lines and images are, and what each plot says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.verdict import EXPECTED, STUDENT

if TYPE_CHECKING:
    from grader.records.verdict import PlotLine, PlotPanel, PlotTile

WIDTH: Final = 220
HEIGHT: Final = 120
MOST_MARKED: Final = 20
"""Lines with at most this many points have a dot on each of them."""
COLUMN: Final = 76
"""The width of a grid's column, in pixels."""
BEYOND: Final = 2.0
"""How far a line may leave the range of the expected one, in lengths of it; what is farther is cut off."""
UNSEEN: Final = 0.005
"""The part of the range that a difference has to reach to be seen."""

Range = tuple[float, float]


class Curve(NamedTuple):
    """A line: its label, its path in a box of `WIDTH` times `HEIGHT`, and the dots on it."""

    label: str
    path: str
    dots: list[tuple[float, float]]


class Drawing(NamedTuple):
    """A plot of lines.

    Args:
        title: its title.
        curves: its lines.
        x: the least and the greatest x.
        y: the values at the lower and at the upper edge.
        x_label: what is on the x-axis.
        band: the upper edge and the height of the band in the box, if there is one.
        words: what is seen.

    """

    title: str
    curves: list[Curve]
    x: Range
    y: Range
    x_label: str
    band: Range | None
    words: str

    @property
    def has_expected(self) -> bool:
        """Whether one of the lines is the expected one."""
        return any(curve.label == EXPECTED for curve in self.curves)


class Grid(NamedTuple):
    """Images in rows and columns; several are in one place if they were drawn over each other.

    Args:
        title: its title.
        rows: the images in each place of each row.
        words: what is wrong.

    """

    title: str
    rows: list[list[list[PlotTile]]]
    words: str

    @property
    def width(self) -> int:
        """The width of the table, in pixels."""
        return COLUMN * max(map(len, self.rows), default=0)


def drawn(panel: PlotPanel) -> Drawing | Grid | None:
    """Return what is to be drawn of a panel; None if there is nothing."""
    if panel.tiles or not panel.lines:
        return _grid(panel) if panel.tiles or panel.remark else None
    every_x = [x for line in panel.lines for x in line.x]
    values = [y for line in panel.lines for y in line.y if y is not None]
    if not every_x or not values:
        return None
    x, y = (min(every_x), max(every_x)), _shown_range(panel, values)
    curves = [Curve(line.label, *_traced(line, x, y)) for line in panel.lines]
    band = panel.band
    edges = None if band is None else (_down(band[1], y), _down(band[0], y) - _down(band[1], y))
    return Drawing(panel.title, curves, x, y, panel.x_label, edges, _words(panel))


def _grid(panel: PlotPanel) -> Grid:
    columns = 1 + max((tile.column for tile in panel.tiles), default=-1)
    height = 1 + max((tile.row for tile in panel.tiles), default=-1)
    rows: list[list[list[PlotTile]]] = [[[] for _ in range(columns)] for _ in range(height)]
    for tile in panel.tiles:
        rows[tile.row][tile.column].append(tile)
    return Grid(panel.title, rows, panel.remark)


def _shown_range(panel: PlotPanel, values: list[float]) -> Range:
    """Return the range of y: that of all lines and the band, but not far beyond the expected line."""
    low, high = min([*values, *(panel.band or ())]), max([*values, *(panel.band or ())])
    right = [y for line in panel.lines if line.label == EXPECTED for y in line.y if y is not None]
    if right:
        least, greatest = min(right), max(right)
        margin = BEYOND * ((greatest - least) or abs(greatest) or 1.0)
        low, high = max(low, least - margin), min(high, greatest + margin)
    return low, high


def _traced(line: PlotLine, x: Range, y: Range) -> tuple[str, list[tuple[float, float]]]:
    """Return the path of a line, which begins anew after each gap, and its dots."""
    steps, dots = [], []
    is_joined = False
    for one, other in zip(line.x, line.y, strict=True):
        if other is not None:
            across, down = WIDTH * _share(one, x), _down(other, y)
            steps.append(f"{'L' if is_joined else 'M'}{across:.1f} {down:.1f}")
            dots.append((round(across, 1), round(down, 1)))
        is_joined = other is not None
    is_marked = line.label == STUDENT and len(line.x) <= MOST_MARKED
    return "".join(steps), dots if is_marked else []


def _down(value: float, y: Range) -> float:
    return HEIGHT * (1 - _share(value, y))


def _share(value: float, limits: Range) -> float:
    """Return where a value lies in a range, from 0 to 1; halves are subtracted, since doubles are finite."""
    low, high = limits
    if high == low:
        return 0.5
    return min(1.0, max(0.0, (value / 2 - low / 2) / (high / 2 - low / 2)))


def _words(panel: PlotPanel) -> str:
    lines = {line.label: line for line in panel.lines}
    yours, expected = lines.get(STUDENT), lines.get(EXPECTED)
    if yours is None or all(y is None for y in yours.y):
        return f"Yours is missing: {panel.remark}." if panel.remark else "Yours has no values."
    gaps = sum(y is None for y in yours.y)
    said = [f"Yours has no value at {gaps} of {len(yours.y)} points."] if gaps else []
    if expected is not None and expected.x == yours.x:
        said.append(_compared(yours, expected, panel.x_label))
    elif yours.y[-1] is not None:
        said.append(f"Yours ends at {yours.y[-1]:.3g}.")
    if panel.band is not None:
        low, high = panel.band
        said.append(f"Correct answers end between {low:.3g} and {high:.3g}.")
    return " ".join(said)


def _compared(yours: PlotLine, expected: PlotLine, x_label: str) -> str:
    """Say where two lines over the same x are farthest apart."""
    both = [
        (abs(one / 2 - other / 2), x)
        for x, one, other in zip(yours.x, yours.y, expected.y, strict=True)
        if one is not None and other is not None
    ]
    right = [y for y in expected.y if y is not None]
    if not both or not right:
        return ""
    off, x = max(both, key=lambda one: one[0])
    if 2 * off <= UNSEEN * ((max(right) - min(right)) or 1.0):
        return "Both lines are the same here."
    # A place next to 0 is 0 but for rounding.
    place = 0.0 if abs(x) < UNSEEN * max(map(abs, yours.x)) else x
    return f"Yours is off by up to {2 * off:.3g}, at {x_label} = {place:.3g}."
