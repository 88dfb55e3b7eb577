"""Figures: what they contain, how they are drawn, and which answers have one."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pytest
import torch
from PIL import Image

from grader.checks.bands import Band
from grader.checks.declaration import exercise
from grader.checks.exercise import DeclarationError, Exercise
from grader.checks.plot_specs import Figure, Gallery, LinePlot, beside, by_epoch, curve, gallery
from grader.checks.return_specs import like, number, several
from grader.checks.strategies import tensors
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker
from grader.plots.build import figure_of
from grader.plots.render import draw, shows
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

X = torch.linspace(-1, 1, 5)
PALE, BLUE, GREEN = (184, 184, 184), (31, 119, 180), (202, 231, 202)


def drawn(*panels: LinePlot | Gallery) -> np.ndarray:
    """The pixels (height, width, 3) of a figure."""
    file = io.BytesIO()
    draw(beside(*panels), file)
    return np.asarray(Image.open(file).convert("RGB")).astype(int)


def amount(pixels: np.ndarray, colour: tuple[int, int, int]) -> int:
    """How many pixels have about this colour."""
    return int((np.abs(pixels - colour).max(axis=2) < 12).sum())


def test_both_curves_are_drawn_and_the_students_is_on_top() -> None:
    apart = drawn(curve("f", X, got=X + 1, expected=X - 1))
    assert amount(apart, PALE) > 500
    assert amount(apart, BLUE) > 300
    together = drawn(curve("f", X, got=X, expected=X))
    assert amount(together, BLUE) > 300


def test_a_missing_curve_is_explained() -> None:
    panel = curve("f", X, got=torch.full_like(X, math.nan), expected=X, remark="no gradient reaches X")
    (line,) = panel.lines
    assert line.label == "expected"
    assert panel.remark == "no gradient reaches X"
    assert amount(drawn(panel), BLUE) == 0
    assert curve("f", X, X, X, remark="unsaid").remark == ""


def test_a_band_is_drawn_and_nan_leaves_a_gap() -> None:
    panel = by_epoch("loss", [torch.tensor(3.0), 2.0, math.inf], band="loss")
    assert panel.lines[0].x == (1.0, 2.0, 3.0)
    assert panel.lines[0].y == (3.0, 2.0, math.inf)
    without = drawn(LinePlot("loss", "epoch", panel.lines, None))
    within = drawn(LinePlot("loss", "epoch", panel.lines, Band(1.0, 2.5)))
    assert amount(without, GREEN) == 0
    assert amount(within, GREEN) > 5_000


def test_images_are_stretched_and_placed_in_the_grid() -> None:
    panel = gallery("yours", [np.array([[5, 7], [6, 5]]), torch.zeros(2, 2)], [(0, 0), (1, 2)], ["shoe"])
    shoe, dark = panel.tiles
    assert (shoe.row, shoe.column, shoe.title) == (0, 0, "shoe")
    assert shoe.shades == ((0.0, 1.0), (0.5, 0.0))
    assert (dark.row, dark.column, dark.title) == (1, 2, "")
    assert dark.shades == ((0.0, 0.0), (0.0, 0.0))
    pixels = drawn(panel)
    height, width, _ = pixels.shape
    corners = [pixels[-height // 3 :, : width // 3], pixels[-height // 3 :, -width // 3 :]]
    assert [bool((corner == 0).all(axis=2).any()) for corner in corners] == [False, True]


def test_a_gallery_without_images_is_an_empty_panel() -> None:
    assert amount(drawn(gallery("yours", [], [])), (255, 255, 255)) > 100_000


def test_equal_figures_give_equal_files_whatever_the_students_settings(tmp_path: Path) -> None:
    figure = beside(curve("f", X, X, X))
    draw(figure, tmp_path / "one.png")
    with mpl.rc_context({"lines.linewidth": 9, "figure.facecolor": "red", "savefig.dpi": 20}):
        draw(figure, tmp_path / "two.png")
        assert mpl.rcParams["savefig.dpi"] == 20
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_file_is_known_by_what_it_shows(tmp_path: Path) -> None:
    path, figure = tmp_path / "f.png", beside(curve("f", X, X, X))
    assert not shows(path, figure)
    draw(figure, path)
    assert shows(path, figure)
    assert not shows(path, beside(curve("f", X, X + 1e-6, X)))
    path.write_bytes(path.read_bytes()[:20])
    assert not shows(path, figure)
    path.write_text("no figure", encoding="utf-8")
    assert not shows(path, figure)


# Of an answer --------------------------------------------------------------------------------------


def doubles(of: str = "right_values") -> Exercise:
    """An exercise whose figure shows the answer at five places."""
    made = exercise(
        "double",
        asks="double(X)",
        given={"X": tensors(dims=(1, 1))},
        cases=3,
        returns=like("X"),
        oracle=lambda X: X + X,  # noqa: N803 - the book's name
        points={"right_values": 1},
    )

    @made.picture(of=of, asks="double(X)", on={"X": X}, returns=like("X"))
    def values(X: torch.Tensor, result: torch.Tensor) -> Figure:  # noqa: N803
        return beside(curve("double", X, result, 2 * X))

    return made


def figure(source: str, made: Exercise | None = None) -> Figure | None:
    """The figure of an answer."""
    one = made or doubles()
    answers = Answers(
        [SourceFile("double.py", "double", (Cell(None, source),))], {one.name: one.spellings}, {}
    )
    return figure_of(Examination(one, Exam(0), LocalAsker(answers, one, seconds=5.0)))


@pytest.mark.parametrize("factor", [2.0, 3.0])
def test_correct_and_incorrect_answers_have_a_figure(factor: float) -> None:
    found = figure(f"def double(X):\n    return {factor} * X")
    assert found is not None
    (panel,) = found.panels
    assert isinstance(panel, LinePlot)
    expected, yours = panel.lines
    assert yours.y == tuple((factor * X).tolist())
    assert expected.y == tuple((2 * X).tolist())


@pytest.mark.parametrize(
    "source",
    [
        "def double(X):\n    raise NotImplementedError",
        "def double(X):\n    return X.numpy()",  # its form is wrong: the check of values waits
        "def double(X):\n    return 2 * X if X.numel() != 5 else 1 / 0",
        "def double(X):\n    return 2 * X if X.numel() != 5 else 2 * X[:3]",
        "def double(X):\n    return 2 * X if X.numel() != 5 else 'text'",
        "def double(X):\n    while X.numel() == 5: pass\n    return 2 * X",
    ],
)
def test_without_a_result_there_is_no_figure(source: str) -> None:
    assert figure(source) is None


def test_a_check_that_fails_itself_has_no_figure() -> None:
    made = doubles()
    made.plot = None

    @made.trains(band="a_band_that_nobody_calibrated", asks="double(3.0)", returns=number())
    def it_ends(result: float) -> float:
        """It ends at 6."""
        return float(result)

    @made.picture(of="it_ends")
    def epochs(result: float) -> Figure:
        return beside(by_epoch("figure", [result, result + 1], "a_band_that_nobody_calibrated"))

    source = "def double(X):\n    return 2 * X"
    assert figure(source, made) is None


def test_a_question_may_have_several_results() -> None:
    made = doubles()
    made.plot = None

    @made.picture(asks="(double(X), X)", on={"X": X}, returns=several(like("X"), like("X")))
    def both(X: torch.Tensor, twice: torch.Tensor, once: torch.Tensor) -> Figure:  # noqa: N803
        return beside(curve("both", X, twice, once))

    found = figure("def double(X):\n    return 2 * X", made)
    assert found is not None
    assert isinstance(found.panels[0], LinePlot)
    assert found.panels[0].lines[0].y == tuple(X.tolist())


def test_an_exercise_has_one_plot_and_it_belongs_to_a_check() -> None:
    with pytest.raises(DeclarationError, match="double has a picture already"):
        doubles().picture()(lambda result: beside())
    with pytest.raises(DeclarationError, match="shows no_such_check, which isn't declared before it"):
        doubles(of="no_such_check")
