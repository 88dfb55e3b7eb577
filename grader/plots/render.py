"""Draw pictures into files, with Matplotlib: slow to import, so it is imported when there is one to draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from grader.checks.bands import Band
from grader.checks.plot_specs import EXPECTED, Gallery, Plot

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    from grader.checks.plot_specs import Picture

INCHES: Final = (4.0, 3.0)
"""Width and height of a panel."""
DOTS: Final = 110
FEW: Final = 20
"""So many points of a line are marked one by one."""
DIGEST: Final = "Gradbook"
"""The name of the text in a PNG by which it is known what it shows."""
# Told apart by those who see no red or green, too; what is expected is wide and pale, and lies below.
STYLES: Final[dict[str, dict[str, Any]]] = {
    EXPECTED: {"color": "0.72", "linewidth": 5.0, "solid_capstyle": "round"},
    "yours": {"color": "tab:blue", "linewidth": 1.6},
}
BAND: Final[dict[str, Any]] = {"color": "tab:green", "alpha": 0.25, "linewidth": 0}


def draw(picture: Picture, file: Path | BinaryIO) -> None:
    """Write a picture as PNG; the same picture gives the same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    width, height = INCHES
    with mpl.rc_context():  # whatever the student's own code or settings have made of Matplotlib
        mpl.rcdefaults()
        figure = Figure(figsize=(width * len(picture.panels), height), layout="constrained")
        parts = figure.subfigures(1, len(picture.panels), squeeze=False)[0]
        for part, panel in zip(parts, picture.panels, strict=True):
            if isinstance(panel, Gallery):
                _draw_gallery(part, panel)
            else:
                _draw_plot(part, panel)
        figure.savefig(file, dpi=DOTS, format="png", metadata={"Software": None, DIGEST: picture.digest})


def shows(path: Path, picture: Picture) -> bool:
    """Return whether a file holds this very picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return image.info.get(DIGEST) == picture.digest
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError):  # what Pillow raises of broken files
        return False


def _draw_plot(part: SubFigure, panel: Plot) -> None:
    from matplotlib.ticker import MaxNLocator

    axes = part.subplots()
    for line in panel.lines:
        marker = "o" if len(line.x) <= FEW else ""
        axes.plot(line.x, line.y, label=line.label, marker=marker, **STYLES[line.label])
    if isinstance(panel.band, Band):
        _draw_band(axes, panel, panel.band)
    if panel.remark:
        axes.text(0.5, 0.5, panel.remark, transform=axes.transAxes, ha="center", va="center",
                  bbox={"color": "white", "alpha": 0.8})  # fmt: skip
    axes.set_title(panel.title, fontsize="medium")
    axes.set_xlabel(panel.x_label)
    if all(place == round(place) for line in panel.lines for place in line.x):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    if panel.band is not None or any(line.label == EXPECTED for line in panel.lines):
        axes.legend(fontsize="small")


def _draw_band(axes: Axes, panel: Plot, band: Band) -> None:
    """Mark where the last point ought to be, and say where it is."""
    last, end = panel.lines[-1].x[-1], panel.lines[-1].y[-1]
    axes.axhspan(band.low, band.high, label="where right models end", **BAND)
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
