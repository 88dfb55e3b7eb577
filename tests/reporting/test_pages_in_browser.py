"""The pages as readers see them: by keyboard, on a phone, in the dark, on paper, and with hostile names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Literal

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace

from grader.checks.bands import Band
from grader.checks.plot_specs import LinePlot, beside, by_epoch, curve, gallery
from grader.plots.panels import panels_of
from grader.records.verdict import Attempt, Location, Misconception
from grader.reporting.pages import class_overview, student
from grader.reporting.pages.class_overview import About
from grader.reporting.standing import AttemptLine, PartLine, Standing
from tests.fixtures.reports import not_judged_softmax, wrong_softmax
from tests.fixtures.reports import report as made_up
from tests.fixtures.synthetic_class import COLUMNS, synthetic_class
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from grader.records.verdict import PlotPanel
    from grader.reporting.report import Report

HOSTILE: Final = "<script>document.title='taken'</script>\"'><img src=x onerror=alert(1)>`" + "w" * 300
NOW: Final = dt.datetime(2026, 11, 27, 12, 0, tzinfo=dt.UTC)
LATE: Final = Standing(
    mark=4.5,
    out_of=5.0,
    attempts=(AttemptLine(1, NOW, 2.0, 5.0, counts=False), AttemptLine(2, None, 5.0, 5.0, counts=True)),
    parts=(PartLine("scratch", 5.0, 5.0, 4.5, NOW, 2, 1, 10.0), PartLine("essay", 0, 3, 0, note="excused")),
    changes=("+1",),
    free_days=3,
)


def plots() -> tuple[PlotPanel, ...]:
    """Plots of each kind: a curve, a training, and images whose titles and places a student chose."""
    x = torch.linspace(-6, 6, 241)
    trained = by_epoch("validation accuracy", [0.1, 0.4, 0.6], band="accuracy")
    images = [*torch.rand(4, 28, 28)]
    return panels_of(
        beside(
            curve("relu(x)", x, x.abs() * 1e6, x.clamp(min=0)),
            LinePlot(trained.title, trained.x_label, trained.lines, Band(0.77, 0.83)),
            gallery("yours", images, [(0, 0), (0, 11), (11, 1), (1, 1)], [HOSTILE, "w" * 30, "bag"]),
            gallery("expected", images, [(0, 0), (0, 1), (1, 0), (1, 1)], ["shirt"] * 4),
        )
    )


def hostile_report(name: str = HOSTILE) -> Report:
    """A report in which everything that a student can choose is hostile."""
    held = wrong_softmax(
        misconception=Misconception("x", f"No.\n\n{HOSTILE}"), attempt=Attempt(HOSTILE, 2),
        location=Location("hw.py", None, 3), code=f"def softmax(X):\n    return {HOSTILE}\n", title="Softmax",
        book="https://d2l.ai/softmax.html", plot=plots(),
    )  # fmt: skip
    checks = tuple(
        replace(check, message=HOSTILE, got=HOSTILE, status="failed" if check.points == 0 else "passed")
        for check in held.checks
    )
    return made_up(name, replace(held, checks=checks), not_judged_softmax())


def pages() -> dict[str, str]:
    """The pages to look at, by name."""
    planted = synthetic_class(60)
    first, second = hostile_report(), hostile_report("bob")
    graded = replace(planted.reports[3], submission=HOSTILE)
    several = [graded, *planted.reports]
    about = About("Deep <learning>", dt.date(2026, 11, 27), {HOSTILE: LATE})
    return {
        "hostile class": class_overview.page([first, second], first.exercises, (), about),
        "class": class_overview.page(several, planted.exercises, (), about),
        "empty class": class_overview.page([], [], ()),
        "hostile student": student.page(first, LATE),
        "student": student.page(planted.reports[3]),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each page."""
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, text in pages().items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {path.stem: path.as_uri() for path in folder.glob("*.html")}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab, in which any complaint of the browser is an error."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: said.append(request.url) if "http" in request.url[:5] else None)
    yield tab
    tab.close()
    assert said == []


FOLDED: Final = """Array.from(document.querySelectorAll("details > :not(summary)"), (one) =>
  one.checkVisibility({contentVisibilityAuto: true}) && one.getBoundingClientRect().height > 0)"""
BARS: Final = """Array.from(document.querySelectorAll("svg rect.fill"), (one) =>
  [getComputedStyle(one).fill, getComputedStyle(one.parentNode).printColorAdjust])"""
HEADS: Final = """Array.from(document.querySelectorAll(".wide tbody th"), (one) =>
  one.getBoundingClientRect().width)"""
PAPER: Final = 718
"""The width of A4 in pixels, without margins."""
ROWS: Final = """Array.from(document.querySelectorAll("#students tbody tr:not([hidden])"), (row) =>
  row.cells[0].textContent)"""
POINTS: Final = """Array.from(document.querySelectorAll("#students tbody tr"), (row) =>
  Number(row.cells[3].dataset.v))"""

EACH: Final = ("hostile class", "class", "empty class", "hostile student", "student")


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        case(
            scheme,
            name,
            name=f"{scheme}-{name}",
            thorough=scheme == "dark" and name != "student",
        )
        for scheme in ("light", "dark")
        for name in EACH
    ],
)
def test_axe_finds_nothing(browser: Browser, files: dict[str, str], name: str, scheme: str) -> None:
    tab = browser.new_page(
        bypass_csp=True,  # axe is a script, which the pages' policy refuses
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 390, "height": 800},
    )
    try:
        tab.goto(files[name])
        assert tab.title() != "taken"
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = Axe().run(tab)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    finally:
        tab.close()


@pytest.mark.parametrize("name", EACH)
def test_no_page_is_wider_than_a_phone_and_none_runs_what_students_wrote(
    page: Page, files: dict[str, str], name: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(files[name])
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.title() != "taken"


def test_on_paper_every_fact_is_there(page: Page, files: dict[str, str]) -> None:
    """What is folded on the screen, bars, and no controls."""
    for name in ("hostile class", "class", "hostile student", "student"):
        page.set_viewport_size({"width": PAPER, "height": 1100})
        page.goto(files[name])
        on_screen = page.evaluate(FOLDED)
        page.emulate_media(media="print")
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        assert all(page.evaluate(FOLDED)), name
        assert not all(on_screen) or name == "student", "nothing was folded, so nothing was tested"
        bars = {tuple(one) for one in page.evaluate(BARS)}
        assert bars == {("rgb(85, 85, 85)", "exact")}, name
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER, name
        assert min(page.evaluate(HEADS), default=PAPER) > PAPER / 10, f"{name} has names letter below letter"
        page.emulate_media(media="screen")
    page.goto(files["class"])
    page.emulate_media(media="print")
    assert not page.locator("#controls").is_visible()


IMAGES: Final = """Array.from(document.querySelectorAll(".grid img"), (one) =>
  [one.naturalWidth, one.getBoundingClientRect().width > 5])"""
STROKES: Final = """Array.from(document.querySelectorAll(".plot path, .plot .band"), (one) =>
  [one.getAttribute("class"), getComputedStyle(one).strokeWidth, getComputedStyle(one).strokeDasharray])"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_plots_are_seen_at_each_width_and_on_paper(
    page: Page, files: dict[str, str], media: Literal["screen", "print"], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(files["hostile student"])
    page.emulate_media(media=media)
    assert page.evaluate(IMAGES) == [[28, True]] * 8
    lines = {tuple(one) for one in page.evaluate(STROKES)}
    assert lines == {
        ("expected", "6px", "none"),
        ("yours", "1.6px", "none"),
        ("band", "1px", "5px, 3px"),
    }, "lines are told apart without colours"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("img", name="Yours is off by up to 6e+06, at x = -6").count() == 1
    assert page.get_by_role("img", name="Correct answers end between 0.77 and 0.83.").count() == 1


def first_cells(page: Page) -> list[str]:
    """The first cell of each row of students that is shown."""
    found: list[str] = page.evaluate(ROWS)
    return found


def test_students_are_sorted_searched_and_filtered_from_the_keyboard(
    page: Page, files: dict[str, str]
) -> None:
    page.goto(files["class"])
    before = first_cells(page)
    points = page.get_by_role("button", name="Points")
    points.focus()
    page.keyboard.press("Enter")
    shown = page.evaluate(POINTS)
    assert shown == sorted(shown)
    assert page.locator("#students th[aria-sort=ascending]").inner_text().startswith("Points")
    page.keyboard.press("Enter")
    assert page.locator("#students th[aria-sort=descending]").count() == 1
    assert first_cells(page) != before
    page.get_by_label("Search").fill("student0007")
    assert first_cells(page) == ["student0007"]
    assert page.locator("#count").inner_text() == f"1 of {len(before)}"
    page.get_by_label("Search").fill("")
    page.get_by_label("Show").select_option("late")
    assert first_cells(page) == [HOSTILE.replace("\x1b", "?")]


def test_a_table_of_a_thousand_students_does_not_keep_anybody_waiting(page: Page, tmp_path: Path) -> None:
    planted = synthetic_class(1_000)
    path = tmp_path / "class.html"
    path.write_text(class_overview.page(planted.reports, planted.exercises), encoding="utf-8")
    page.goto(path.as_uri())
    took = page.evaluate(
        "() => { const began = performance.now(); document.querySelector('#students th button').click();"
        " document.getElementById('search').value = '7';"
        " document.getElementById('search').dispatchEvent(new Event('input')); document.body.offsetHeight;"
        " return performance.now() - began; }"
    )
    assert took < 1_000, "it takes some 50 ms; a busy machine takes longer"


def test_without_a_script_everything_is_there_but_the_controls(
    browser: Browser, files: dict[str, str]
) -> None:
    tab = browser.new_page(java_script_enabled=False)
    try:
        tab.goto(files["class"])
        assert tab.locator("#students tbody tr").count() == 61
        assert not tab.locator("#controls").is_visible()
        assert tab.locator("#students button").count() == 0
    finally:
        tab.close()


def test_a_class_of_four_hundred_is_below_a_megabyte_with_what_was_planted() -> None:
    planted = synthetic_class()
    text = class_overview.page(planted.reports, planted.exercises)
    assert len(text.encode()) < 1_000_000
    unexplained = text.partition('id="unexplained"')[2].partition("</section>")[0]
    misconceptions = text.partition('id="misconceptions"')[2].partition("</section>")[0]
    assert all(name in misconceptions for name in planted.misconception)
    assert all(f">{name}</a>" in unexplained for name in planted.cluster)
    assert COLUMNS.id in misconceptions
