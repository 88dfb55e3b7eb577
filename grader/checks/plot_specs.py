"""What a picture shows, as data: a checks file says it with these words, and `grader.plots.render` draws it.

    @relu.picture(asks="curve(relu, X)", on={"X": AXIS}, returns=several(like("X"), like("X")))
    def value_and_slope(X, values, slopes):
        return beside(curve("relu(x)", X, values, X.clamp(min=0)), …)

Tensors come as the checks see them; a `Picture` holds plain numbers, so that two can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
import numpy as np
import torch

from grader.checks.bands import Band

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.check import Question

Numbers = tuple[float, ...]

YOURS: Final = "yours"
EXPECTED: Final = "expected"


class Line(msgspec.Struct, frozen=True):
    """Points (x, y) in order, joined by lines; there is none where y is nan or infinite."""

    label: str
    x: Numbers
    y: Numbers


class Plot(msgspec.Struct, frozen=True, tag="plot"):
    """Lines over one axis. The figure at the end must be in the `band`, where there is one.

    `remark` stands where a line is missing, and says why.
    """

    title: str
    x_label: str
    lines: tuple[Line, ...]
    band: Band | str | None = None
    remark: str = ""


class Tile(msgspec.Struct, frozen=True):
    """One image: its place in the grid, counted from 0, its title, its shades between 0 (dark) and 1."""

    row: int
    column: int
    title: str
    shades: tuple[Numbers, ...]


class Gallery(msgspec.Struct, frozen=True, tag="gallery"):
    """Images in a grid."""

    title: str
    tiles: tuple[Tile, ...]


Panel = Plot | Gallery


class Picture(msgspec.Struct, frozen=True):
    """Panels, side by side."""

    panels: tuple[Panel, ...]

    @property
    def digest(self) -> str:
        """The same for two pictures that show the same."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


@dataclass(frozen=True, eq=False)
class Depiction:
    """How a picture is made of an answer.

    `depict` takes inputs (by name) and what came back, as a law does; `question` is what is asked for it, or
    None where the picture shows what was observed for the check `of` anyway. It is made when that check was
    judged: of an answer that breaks before, there is nothing to see.
    """

    of: str
    question: Question | None
    depict: Callable[..., Picture]


def beside(*panels: Panel) -> Picture:
    """Return a picture of panels from left to right."""
    return Picture(panels)


def curve(
    title: str, x: torch.Tensor, got: torch.Tensor, expected: torch.Tensor, *, remark: str = ""
) -> Plot:
    """Return a plot of two functions of x: the student's, and what is expected.

    `remark` is shown where `got` is nan everywhere.
    """
    places = _numbers(x)
    lines = [Line(EXPECTED, places, _numbers(expected))]
    if not got.isnan().all():
        lines.append(Line(YOURS, places, _numbers(got)))
        remark = ""
    return Plot(title, "x", tuple(lines), remark=remark)


def by_epoch(title: str, figures: Sequence[float | torch.Tensor], band: str | None = None) -> Plot:
    """Return a plot of a figure after each epoch; `band` names the one in which the last ought to be."""
    values = tuple(float(figure) for figure in figures)
    return Plot(title, "epoch", (Line(YOURS, tuple(map(float, range(1, len(values) + 1))), values),), band)


def gallery(
    title: str,
    images: Sequence[Any],
    places: Sequence[tuple[int, int]],
    titles: Sequence[str] = (),
) -> Gallery:
    """Return images (height, width) in a grid: each with its row and column, and its title if there is one.

    The shades of each are stretched from dark to bright.
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
