"""Draw figures into PNG files with Matplotlib, which is imported only when needed because it is slow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from grader.checks.bands import Band
from grader.checks.plot_specs import Gallery, LinePlot
from grader.records.verdict import EXPECTED, STUDENT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    from grader.checks.plot_specs import Figure

PANEL_INCHES: Final = (4.0, 3.0)
"""Width and height of a panel, in inches."""
DOTS_PER_INCH: Final = 110
MAX_MARKED_POINTS: Final = 20
"""Lines with at most this many points have a marker on each of them."""
DIGEST_KEY: Final = "Gradbook"
"""The key of the PNG text that holds the digest of the figure."""
# Distinguishable without seeing red and green. The expected line is wide, pale and drawn below.
STYLES: Final[dict[str, dict[str, Any]]] = {
    EXPECTED: {"color": "0.72", "linewidth": 5.0, "solid_capstyle": "round"},
    STUDENT: {"color": "tab:blue", "linewidth": 1.6},
}
BAND: Final[dict[str, Any]] = {"color": "tab:green", "alpha": 0.25, "linewidth": 0}


def draw(figure: Figure, file: Path | BinaryIO) -> None:
    """Write a figure as PNG; equal figures give equal bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    width, height = PANEL_INCHES
    with mpl.rc_context():  # independent of the settings of the student's code
        mpl.rcdefaults()
        canvas = Figure(figsize=(width * len(figure.panels), height), layout="constrained")
        parts = canvas.subfigures(1, len(figure.panels), squeeze=False)[0]
        for part, panel in zip(parts, figure.panels, strict=True):
            if isinstance(panel, Gallery):
                _draw_gallery(part, panel)
            else:
                _draw_plot(part, panel)
        metadata = {"Software": None, DIGEST_KEY: figure.digest}
        canvas.savefig(file, dpi=DOTS_PER_INCH, format="png", metadata=metadata)


def shows(path: Path, figure: Figure) -> bool:
    """Return whether a file shows this figure already."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return image.info.get(DIGEST_KEY) == figure.digest
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError):  # what Pillow raises of broken files
        return False


def _draw_plot(part: SubFigure, panel: LinePlot) -> None:
    from matplotlib.ticker import MaxNLocator

    axes = part.subplots()
    for line in panel.lines:
        marker = "o" if len(line.x) <= MAX_MARKED_POINTS else ""
        axes.plot(line.x, line.y, label=line.label, marker=marker, **STYLES[line.label])
    if isinstance(panel.band, Band):
        _draw_band(axes, panel, panel.band)
    if panel.remark:
        axes.text(0.5, 0.5, panel.remark, transform=axes.transAxes, ha="center", va="center",
                  bbox={"color": "white", "alpha": 0.8})  # fmt: skip
    axes.set_title(panel.title, fontsize="medium")
    axes.set_xlabel(panel.x_label)
    if all(x == round(x) for line in panel.lines for x in line.x):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    if panel.band is not None or any(line.label == EXPECTED for line in panel.lines):
        axes.legend(fontsize="small")


def _draw_band(axes: Axes, panel: LinePlot, band: Band) -> None:
    """Draw the band for the last point, and write its value."""
    last, end = panel.lines[-1].x[-1], panel.lines[-1].y[-1]
    axes.axhspan(band.low, band.high, label="correct models end here", **BAND)
    if math.isfinite(end):
        axes.annotate(f"{end:.3g}", (last, end), xytext=(2, 7), textcoords="offset points", ha="right")


def _draw_gallery(part: SubFigure, panel: Gallery) -> None:
    part.suptitle(panel.title, fontsize="medium")
    if not panel.tiles:
        return
    rows = 1 + max(tile.row for tile in panel.tiles)
    columns = 1 + max(tile.column for tile in panel.tiles)
    grid = part.subplots(rows, columns, squeeze=False)
    for axes in grid.flat:
        axes.set_axis_off()
    for tile in panel.tiles:
        axes = grid[tile.row][tile.column]
        axes.imshow(tile.shades, cmap="gray", vmin=0, vmax=1)
        axes.set_title(tile.title, fontsize="x-small")
