"""Reduce a figure to what a report keeps of it: few points, few digits, and few, small images.

Titles and pixels of images come from what was handed in; here their number and size are limited.
"""

from __future__ import annotations

import base64
import io
import math
from typing import TYPE_CHECKING, Final

from grader.checks.bands import Band
from grader.checks.plot_specs import Gallery
from grader.plots.build import PlotError, figure_of
from grader.records.verdict import EXPECTED, STUDENT, PlotLine, PlotPanel, PlotTile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.checks.plot_specs import Figure, Line, LinePlot, Tile
    from grader.judging.evaluation import Examination

POINTS: Final = 81
"""Points of a line, at most: more are not seen in a small plot."""
DIGITS: Final = 4
MOST_TILES: Final = 12
MOST_ROWS: Final = 12
"""Rows and columns of a grid."""
SIDE: Final = 32
"""Pixels of an image's longer side; larger images lose rows and columns."""
LONGEST_TITLE: Final = 40
MOST_NAMED: Final = 3
"""Places of a grid that are named for one reason."""
ALIKE: Final = 0.02
"""How far shades of images that look alike may be apart: they have two decimals."""

Place = tuple[int, int]


def panels_shown(examination: Examination) -> tuple[PlotPanel, ...]:
    """Return the panels of an answer's plot, if it has one that takes no more than was asked already.

    What a check observes may take as long as a training: where the check passed, it is not asked again.
    """
    plot = examination.exercise.plot
    if plot is None:
        return ()
    if plot.question is None and examination.checks[plot.check].question not in examination.seen:
        return ()
    try:
        figure = figure_of(examination)
    except PlotError:  # a fault of the course, which local runs report
        return ()
    return panels_of(figure) if figure is not None else ()


def panels_of(figure: Figure) -> tuple[PlotPanel, ...]:
    """Return the panels of a figure, reduced; the student's images say how they differ from right ones."""
    galleries = {panel.title: panel for panel in figure.panels if isinstance(panel, Gallery)}
    yours, expected = galleries.get(STUDENT), galleries.get(EXPECTED)
    words = "" if yours is None or expected is None else differences(yours, expected)
    return tuple(
        _with_images(panel, words if panel is yours else "")
        if isinstance(panel, Gallery)
        else _with_lines(panel)
        for panel in figure.panels
    )


def differences(yours: Gallery, expected: Gallery) -> str:
    """Return in words how images in a grid differ from the right ones; "" if they are the same."""
    seen, right = ({(one.row, one.column): one for one in panel.tiles} for panel in (yours, expected))
    if not seen:
        return "No image was drawn."
    if _size(seen) != _size(right):
        return f"Your grid has {_in_words(_size(seen))}; expected: {_in_words(_size(right))}."
    found: dict[str, list[Place]] = {}
    for place in sorted({*seen, *right}):
        if place not in seen:
            found.setdefault("Nothing", []).append(place)
        elif place not in right:
            found.setdefault("An image too many", []).append(place)
        else:
            if not _look_alike(seen[place], right[place]):
                found.setdefault("Another image", []).append(place)
            if seen[place].title != right[place].title:
                found.setdefault("Another title", []).append(place)
    return " ".join(f"{what} at {_places(places)}." for what, places in found.items())


def _size(places: Iterable[Place]) -> tuple[int, int]:
    """Return how many rows and columns a grid has, as far as there are images in it."""
    rows, columns = zip(*places, strict=True)
    return 1 + max(rows), 1 + max(columns)


def _in_words(size: tuple[int, int]) -> str:
    rows, columns = size
    return f"{rows} row{'s' if rows > 1 else ''} and {columns} column{'s' if columns > 1 else ''}"


def _look_alike(one: Tile, other: Tile) -> bool:
    return len(one.shades) == len(other.shades) and all(
        len(row) == len(other_row) and all(abs(a - b) <= ALIKE for a, b in zip(row, other_row, strict=True))
        for row, other_row in zip(one.shades, other.shades, strict=True)
    )


def _places(places: Sequence[Place]) -> str:
    named = [f"row {row + 1}, column {column + 1}" for row, column in places[:MOST_NAMED]]
    more = len(places) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more else "")


def _with_lines(panel: LinePlot) -> PlotPanel:
    band = panel.band if isinstance(panel.band, Band) else None
    return PlotPanel(
        panel.title,
        tuple(map(_reduced, panel.lines)),
        panel.x_label,
        None if band is None else (_rounded(band.low), _rounded(band.high)),
        panel.remark,
    )


def _with_images(panel: Gallery, words: str) -> PlotPanel:
    placed = [one for one in panel.tiles if 0 <= one.row < MOST_ROWS and 0 <= one.column < MOST_ROWS]
    tiles = tuple(map(_tile, placed[:MOST_TILES]))
    left_out = len(panel.tiles) - len(tiles)
    title = f"{panel.title}, and {left_out} more" if left_out else panel.title
    return PlotPanel(title, remark=words, tiles=tiles)


def _tile(tile: Tile) -> PlotTile:
    title = tile.title if len(tile.title) <= LONGEST_TITLE else f"{tile.title[: LONGEST_TITLE - 1]}…"
    return PlotTile(tile.row, tile.column, title, _png(tile.shades))


def _png(shades: Sequence[Sequence[float]]) -> str:
    """Return a grey image as PNG in base64; "" if it has no pixels, or what is none."""
    from PIL import Image

    height, width = len(shades), len(shades[0]) if shades else 0
    if not height or not width:
        return ""
    step = math.ceil(max(height, width) / SIDE)
    rows = [row[::step] for row in shades[::step]]
    pixels = bytes(round(255 * shade) if 0 <= shade <= 1 else 0 for row in rows for shade in row)
    file = io.BytesIO()
    Image.frombytes("L", (len(rows[0]), len(rows)), pixels).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def _reduced(line: Line) -> PlotLine:
    step = max(1, math.ceil(len(line.x) / POINTS))
    return PlotLine(
        line.label,
        tuple(map(_rounded, line.x[::step])),
        tuple(_rounded(y) if math.isfinite(y) else None for y in line.y[::step]),
    )


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
