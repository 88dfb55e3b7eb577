"""What a report keeps of a figure."""

from __future__ import annotations

import base64
import io
import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image

from grader.checks.bands import Band
from grader.checks.declaration import exercise
from grader.checks.plot_specs import Figure, Gallery, LinePlot, Tile, beside, by_epoch, curve, gallery
from grader.checks.return_specs import like
from grader.checks.strategies import tensors
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination, Outcome
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker
from grader.plots.panels import LONGEST_TITLE, MOST_TILES, POINTS, differences, panels_of, panels_shown
from grader.records.sources import Cell, SourceFile


def test_curves_are_kept_with_few_points_and_digits_and_gaps_are_null() -> None:
    x = torch.linspace(-6, 6, 241)
    got = torch.where(x > 0, x / 3, math.nan)
    (panel,) = panels_of(beside(curve("relu(x)", x, got, x.clamp(min=0))))
    expected, yours = panel.lines
    assert (panel.title, expected.label, yours.label) == ("relu(x)", "expected", "yours")
    assert len(yours.x) == len(yours.y) == len(expected.y) <= POINTS
    assert (yours.x[0], yours.x[-1]) == (-6.0, 6.0)
    assert yours.y[0] is None
    assert yours.y[-1] == 2.0
    assert {len(f"{abs(one):g}".replace(".", "").lstrip("0")) for one in yours.y if one} <= {1, 2, 3, 4}


def test_a_band_and_what_is_on_the_x_axis_are_kept() -> None:
    plot = by_epoch("accuracy", [0.1, math.nan, 0.123456], band="accuracy")
    banded = LinePlot(plot.title, plot.x_label, plot.lines, Band(0.712345, 0.8))
    (with_band,), (without,) = panels_of(beside(banded)), panels_of(beside(plot))
    assert (with_band.x_label, with_band.band, with_band.lines[0].y) == (
        "epoch",
        (0.7123, 0.8),
        (0.1, None, 0.1235),
    )
    assert without.band is None, "a band that isn't calibrated is only a name"


def test_the_reason_why_a_line_is_missing_is_kept() -> None:
    nothing = torch.full((3,), math.nan)
    (panel,) = panels_of(beside(curve("slope", torch.ones(3), nothing, nothing, remark="no gradient")))
    assert panel.remark == "no gradient"


def pixels(png: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))))


def test_images_are_kept_as_small_pictures() -> None:
    wide = torch.arange(40 * 70).reshape(40, 70)
    (panel,) = panels_of(beside(gallery("digits", [wide, torch.eye(2)], [(0, 0), (1, 2)], ["a ramp"])))
    ramp, eye = panel.tiles
    assert [(one.row, one.column, one.title) for one in panel.tiles] == [(0, 0, "a ramp"), (1, 2, "")]
    assert pixels(eye.png).tolist() == [[255, 0], [0, 255]]
    assert pixels(ramp.png).shape == (14, 24)
    assert (np.diff(pixels(ramp.png).astype(int)[:, 0]) > 0).all()


def test_of_what_students_choose_little_is_kept() -> None:
    """Of many images, long titles and far places, pixels that are none."""
    noise = [*torch.rand(100, 300, 300)]
    places = [(10**12, 0), (-1, 0), *[(0, 0)] * 98]
    (panel,) = panels_of(beside(gallery("yours", noise, places, ["w" * 10**6] * 100)))
    assert len(panel.tiles) == MOST_TILES
    assert {len(tile.title) for tile in panel.tiles} == {LONGEST_TITLE}
    assert panel.title == "yours, and 88 more"
    assert len(msgspec.json.encode(panel)) < 25_000
    odd = Tile(0, 0, "", ((math.nan, math.inf, -1.0), (0.5, 7.0, 1.0)))
    (panel,) = panels_of(beside(Gallery("yours", (odd, Tile(0, 1, "", ())))))
    assert pixels(panel.tiles[0].png).tolist() == [[0, 0, 0], [128, 0, 255]]
    assert panel.tiles[1].png == ""


SHIRT, SHOE, BAG = torch.eye(3), torch.eye(3).flip(0), torch.tensor([[0.0, 1.0]])
RIGHT = gallery("expected", [SHIRT, SHOE, BAG], [(0, 0), (0, 1), (1, 0)], ["shirt", "shoe", "bag"])


@pytest.mark.parametrize(
    ("images", "places", "titles", "words"),
    [
        ([SHIRT, SHOE, BAG], [(0, 0), (0, 1), (1, 0)], ["shirt", "shoe", "bag"], ""),
        ([2 * SHIRT + 1, SHOE, BAG], [(0, 0), (0, 1), (1, 0)], ["shirt", "shoe", "bag"], ""),
        ([SHOE, SHIRT, BAG], [(0, 0), (0, 1), (1, 0)], ["shirt", "shoe", "bag"],
         "Another image at row 1, column 1; row 1, column 2."),
        ([SHIRT, SHOE, BAG], [(0, 0), (1, 1), (1, 0)], ["shirt", "shoe"],
         ("Nothing at row 1, column 2. Another title at row 2, column 1. "
         "An image too many at row 2, column 2.")),
        ([SHIRT, SHOE, BAG], [(0, 0), (1, 0), (2, 0)], ["shirt", "shoe", "bag"],
         "Your grid has 3 rows and 1 column; expected: 2 rows and 2 columns."),
        ([], [], [], "No image was drawn."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_images_is_said_in_words(
    images: list[torch.Tensor], places: list[tuple[int, int]], titles: list[str], words: str
) -> None:
    yours, expected = panels_of(beside(gallery("yours", images, places, titles), RIGHT))
    assert (yours.remark, expected.remark) == (words, "")


# Of an answer --------------------------------------------------------------------------------------


def examination(*, trains: bool) -> Examination:
    """An answer that doubles by three, and whose plot shows what a check observed, or another question."""
    made = exercise(
        "double", asks="double(X)", given={"X": tensors(dims=(1, 1))}, cases=3, returns=like("X"),
        oracle=lambda X: X + X, points={"right_values": 1},  # noqa: N803 - the book's name
    )  # fmt: skip
    asks = None if trains else "double(X)"

    @made.picture(asks=asks, on={"X": torch.ones(2)} if asks else None, returns=like("X") if asks else None)
    def values(result: torch.Tensor) -> Figure:
        return beside(by_epoch("double", result.flatten().tolist()))

    source = "def double(X):\n    return 3 * X"
    cells = [SourceFile("double.py", "double", (Cell(None, source),))]
    answers = Answers(cells, {made.name: made.spellings}, {})
    return Examination(made, Exam(0), LocalAsker(answers, made, seconds=5.0))


def test_what_a_check_observed_is_shown_only_if_it_was_asked() -> None:
    assert panels_shown(examination(trains=False))
    asked, passed = examination(trains=True), examination(trains=True)
    asked.judge()
    assert panels_shown(asked)
    passed.outcomes["right_values"] = Outcome("passed")
    assert panels_shown(passed) == ()


def test_a_plot_that_cant_be_made_is_left_out() -> None:
    def fails(result: torch.Tensor) -> Figure:
        raise ValueError(result)

    broken = examination(trains=False)
    assert broken.exercise.plot is not None
    broken.exercise.plot = replace(broken.exercise.plot, make=fails)
    assert panels_shown(broken) == ()


def test_of_many_places_three_are_named() -> None:
    every = [(row, column) for row in range(2) for column in range(3)]
    yours = gallery("yours", [SHIRT] * 6, every)
    assert differences(yours, gallery("expected", [SHOE] * 6, every)) == (
        "Another image at row 1, column 1; row 1, column 2; row 1, column 3; and 3 more."
    )
