"""Plots as data: a checks file describes them with these functions, and `grader.plots.render` draws them.

    @relu.picture(asks="curve(relu, X)", on={"X": AXIS}, returns=several(like("X"), like("X")))
    def value_and_slope(X, values, slopes):
        return beside(curve("relu(x)", X, values, X.clamp(min=0)), …)

The functions take tensors as laws get them. A `Figure` holds plain numbers, so that two can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec
import numpy as np
import torch

from grader.checks.bands import Band
from grader.records.verdict import EXPECTED, STUDENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.check import Question

Numbers = tuple[float, ...]


class Line(msgspec.Struct, frozen=True):
    """Points (x, y) joined by lines in this order, with gaps where y is nan or infinite."""

    label: str
    x: Numbers
    y: Numbers


class LinePlot(msgspec.Struct, frozen=True, tag="plot"):
    """Lines over a common x-axis. The last value must lie in the `band`, if there is one.

    `remark` is shown in the plot: why a line is missing.
    """

    title: str
    x_label: str
    lines: tuple[Line, ...]
    band: Band | str | None = None
    remark: str = ""


class Tile(msgspec.Struct, frozen=True):
    """An image in a grid: row and column from 0, title, and pixels (height, width) from 0, dark, to 1."""

    row: int
    column: int
    title: str
    shades: tuple[Numbers, ...]


class Gallery(msgspec.Struct, frozen=True, tag="gallery"):
    """Images in a grid."""

    title: str
    tiles: tuple[Tile, ...]


Panel = LinePlot | Gallery


class Figure(msgspec.Struct, frozen=True):
    """Panels, side by side."""

    panels: tuple[Panel, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the contents: equal for figures that show the same."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


@dataclass(frozen=True, eq=False)
class PlotSpec:
    """How the figure of an answer is made, as `Exercise.picture` declares it.

    `make` takes inputs (by name) and the result, as a law does. The result is that of `question`, or that of
    the check named `check` if `question` is None. The figure is made after this check was judged; an answer
    that fails before it has no figure.
    """

    check: str
    question: Question | None
    make: Callable[..., Figure]


def beside(*panels: Panel) -> Figure:
    """Return a figure with one panel, or several from left to right: what a `picture` function must return.

    Args:
        panels: results of `curve`, `by_epoch` and `gallery`.

    Example:
        >>> x = torch.linspace(-6, 6, 241)
        >>> both = beside(
        ...     curve("relu(x)", x, x.clamp(min=0), x.clamp(min=0)), curve("slope", x, x > 0, x > 0)
        ... )
        >>> len(both.panels)
        2

    """
    return Figure(panels)


def curve(
    title: str, x: torch.Tensor, got: torch.Tensor, expected: torch.Tensor, *, remark: str = ""
) -> LinePlot:
    """Return a plot of two functions of x: the student's, and the expected one.

    Args:
        title: the title of the plot.
        x: the points on the x-axis; any shape, as many elements as the other two.
        got: the student's values.
        expected: the correct values.
        remark: a text that is shown if all of `got` is nan, and no curve can be drawn.

    Example:
        >>> x = torch.linspace(-6, 6, 241)
        >>> plot = curve("relu(x)", x, got=x.abs(), expected=x.clamp(min=0))

    """
    points = _numbers(x)
    lines = [Line(EXPECTED, points, _numbers(expected))]
    if not got.isnan().all():
        lines.append(Line(STUDENT, points, _numbers(got)))
        remark = ""
    return LinePlot(title, "x", tuple(lines), remark=remark)


def by_epoch(title: str, figures: Sequence[float | torch.Tensor], band: str | None = None) -> LinePlot:
    """Return a plot of one value for each epoch.

    Args:
        title: the title of the plot.
        figures: the values, the first one after epoch 1: numbers or tensors with one element.
        band: the name of the calibrated band in which the last value should lie.

    Example:
        >>> plot = by_epoch("validation accuracy", [0.71, 0.78, 0.81], band="accuracy")

    """
    values = tuple(float(figure) for figure in figures)
    return LinePlot(
        title, "epoch", (Line(STUDENT, tuple(map(float, range(1, len(values) + 1))), values),), band
    )


def gallery(
    title: str,
    images: Sequence[Any],
    places: Sequence[tuple[int, int]],
    titles: Sequence[str] = (),
) -> Gallery:
    """Return a plot of grey images in a grid. The contrast of each image is stretched to the full range.

    Args:
        title: the title of the plot.
        images: tensors or arrays (height, width).
        places: the row and column of each image, counted from 0.
        titles: their titles; images without one come last.

    Example:
        >>> plot = gallery("digits", torch.rand(2, 28, 28), places=[(0, 0), (0, 1)], titles=["zero", "one"])

    """
    named = [*titles, *[""] * (len(images) - len(titles))]
    tiles = [
        Tile(int(row), int(column), name, _stretched(image))
        for image, (row, column), name in zip(images, places, named, strict=False)
    ]
    return Gallery(title, tuple(tiles))


def _numbers(tensor: torch.Tensor) -> Numbers:
    return tuple(cast("list[float]", tensor.detach().double().flatten().tolist()))


def _stretched(image: Any) -> tuple[Numbers, ...]:  # noqa: ANN401 - an array or a tensor
    pixels = torch.as_tensor(np.asarray(image)).double()
    dark, bright = pixels.min(), pixels.max()
    shades = (pixels - dark) / (bright - dark) if bright > dark else torch.zeros_like(pixels)
    # Two decimals are more than an eye can tell apart.
    return tuple(tuple(round(shade, 2) for shade in row) for row in shades.tolist())
