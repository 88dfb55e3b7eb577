"""Plots on a student's page: where lines and images are, and what is said of them in words."""

from __future__ import annotations

import html

import msgspec
import pytest
from msgspec.structs import replace

from grader.records.verdict import PlotLine, PlotPanel, PlotTile
from grader.reporting.pages import student
from grader.reporting.pages.plots import COLUMN, HEIGHT, WIDTH, Drawing, Grid, drawn
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import wrong_softmax

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII="


def page(*panels: PlotPanel) -> str:
    """The page of a student whose answer has this plot."""
    return student.page(made_up("alice", wrong_softmax(plot=panels)))


def lines(*ys: float | None, expected: tuple[float, ...] = (), **more: object) -> PlotPanel:
    """A panel with a line at x = 0, 1, 2, ..., and the expected one."""
    both = [PlotLine("expected", tuple(map(float, range(len(expected)))), expected)] if expected else []
    yours = PlotLine("yours", tuple(map(float, range(len(ys)))), ys)
    return replace(PlotPanel("relu(x)", (*both, yours)), **more)


def drawing(panel: PlotPanel) -> Drawing:
    found = drawn(panel)
    assert isinstance(found, Drawing)
    return found


def test_lines_are_drawn_with_gaps_the_expected_one_below() -> None:
    found = drawing(lines(1.0, None, 0.0, 1.0, expected=(0.0, 1.0)))
    expected, yours = found.curves
    assert (expected.label, expected.path) == ("expected", "M0.0 120.0L73.3 0.0")
    assert (yours.label, yours.path) == ("yours", "M0.0 0.0M146.7 120.0L220.0 0.0")
    assert (found.x, found.y) == ((0.0, 3.0), (0.0, 1.0))
    text = page(lines(1.0, None, 0.0, 1.0, expected=(0.0, 1.0)))
    assert text.index('<path class="expected" d="M0.0 120.0L73.3 0.0"/>') < text.index('<path class="yours"')
    assert "The wide line is what is expected" in text


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        (lines(0.0, 3.0, 2.0, expected=(0.0, 1.0, 2.0)), "Yours is off by up to 2, at x = 1."),
        (lines(0.0, 1.0, 2.001, expected=(0.0, 1.0, 2.0)), "Both lines are the same here."),
        (
            lines(0.0, None, 4.0, expected=(0.0, 1.0, 2.0)),
            "Yours has no value at 1 of 3 points. Yours is off by up to 2, at x = 2.",
        ),
        (lines(None, None, expected=(0.0, 1.0)), "Yours has no values."),
        (lines(expected=(0.0, 1.0), remark="no gradient"), "Yours is missing: no gradient."),
        (lines(0.1, 0.5), "Yours ends at 0.5."),
        (lines(0.1, 0.5, band=(0.7, 0.8)), "Yours ends at 0.5. Correct answers end between 0.7 and 0.8."),
        (
            lines(0.1, None, band=(0.7, 0.8)),
            "Yours has no value at 1 of 2 points. Correct answers end between 0.7 and 0.8.",
        ),
    ],
)  # fmt: skip
def test_what_lines_show_is_said_in_words_too(panel: PlotPanel, words: str) -> None:
    if panel.remark:
        panel = replace(panel, lines=panel.lines[:1])
    assert drawing(panel).words == words
    text = html.unescape(page(panel))
    assert f'role="img" aria-label="relu(x). {words}"' in text
    assert f"<figcaption><b>relu(x)</b> {words}</figcaption>" in text


def test_a_band_is_drawn_and_lies_within_the_frame() -> None:
    found = drawing(lines(0.1, 0.5, band=(0.7, 0.9), x_label="epoch"))
    assert found.y == (0.1, 0.9)
    assert found.band == pytest.approx((0.0, HEIGHT / 4))
    text = page(lines(0.1, 0.5, band=(0.7, 0.9), x_label="epoch"))
    assert '<rect class="band" width="220" y="0.0" height="30.0"/>' in text
    assert ">epoch</text>" in text
    assert "Between the dashed lines is where correct answers end" in text
    assert "dashed" not in page(lines(0.1, 0.5)).partition("<body")[2]


def test_the_few_points_of_a_training_have_dots_so_that_one_epoch_is_seen() -> None:
    (curve,) = drawing(lines(0.25, band=(0.0, 0.5))).curves
    assert curve.dots == [(WIDTH / 2, HEIGHT / 2)]
    (curve,) = drawing(lines(*[0.1 * step for step in range(21)])).curves
    assert curve.dots == []


def test_a_value_far_off_leaves_the_expected_line_readable() -> None:
    found = drawing(lines(0.0, 1e30, expected=(0.0, 1.0)))
    assert found.y == (0.0, 3.0)
    assert found.curves[1].path == "M0.0 120.0L220.0 0.0"
    assert found.words == "Yours is off by up to 1e+30, at x = 1."


def test_a_place_next_to_zero_is_called_zero() -> None:
    x = (-6.0, -8.9e-08, 6.0)
    panel = PlotPanel("f", (PlotLine("expected", x, (0.0, 1.0, 0.0)), PlotLine("yours", x, (0.0, 9.0, 0.0))))
    assert drawing(panel).words == "Yours is off by up to 8, at x = 0."


def test_the_largest_numbers_are_drawn() -> None:
    greatest = 1.7e308
    found = drawing(lines(-greatest, greatest, 0.0))
    assert found.curves[0].path == "M0.0 120.0L110.0 0.0L220.0 60.0"
    found = drawing(lines(-greatest, greatest, expected=(-greatest, greatest)))
    assert "nan" not in str(found)


@pytest.mark.parametrize(
    "panel", [lines(None), PlotPanel("empty"), PlotPanel("f", (PlotLine("yours", (), ()),))]
)
def test_without_anything_to_draw_there_is_no_plot(panel: PlotPanel) -> None:
    assert drawn(panel) is None
    assert '<figure class="plot"' not in page(panel)


IMAGES = PlotPanel(
    "yours",
    tiles=(PlotTile(0, 1, "<b>shirt", DOT), PlotTile(1, 0, "bag", DOT), PlotTile(1, 0, "shoe", "")),
    remark="Nothing at row 1, column 1.",
)


def test_images_stand_in_their_grid_with_titles_and_words() -> None:
    found = drawn(IMAGES)
    assert isinstance(found, Grid)
    titles = [[[tile.title for tile in place] for place in row] for row in found.rows]
    assert titles == [[[], ["<b>shirt"]], [["bag", "shoe"], []]]
    assert found.width == 2 * COLUMN
    text = page(IMAGES)
    assert f'<img src="data:image/png;base64,{DOT}" alt="row 1, column 2"><span>&lt;b&gt;shirt</span>' in text
    assert text.count("<img ") == 2
    assert "<figcaption><b>yours</b> Nothing at row 1, column 1.</figcaption>" in text
    assert "img-src data:;" in text or "img-src data: " in text


def test_that_no_image_was_drawn_is_said() -> None:
    assert "<figcaption><b>yours</b> No image was drawn.</figcaption>" in page(
        PlotPanel("yours", remark="No image was drawn.")
    )


def test_pixels_in_a_report_are_nothing_but_base64() -> None:
    told = msgspec.json.encode(IMAGES)
    assert msgspec.json.decode(told, type=PlotPanel) == IMAGES
    for hostile in (b'\\"><script>', b"a b", b"data:", b"====", b"AA==AA"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(told.replace(DOT.encode(), hostile), type=PlotPanel)


def test_reports_of_curves_alone_are_still_read() -> None:
    told = b'{"title": "relu(x)", "lines": [{"label": "yours", "x": [0.0], "y": [1.0]}]}'
    assert msgspec.json.decode(told, type=PlotPanel).tiles == ()
