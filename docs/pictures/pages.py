"""Make the pictures of the pages: `python docs/pictures/pages.py`. They show a class that is made up.

It needs Chromium, which is looked for on the PATH.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from msgspec.structs import replace  # noqa: E402 - the package and its tests are found by the line above
from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from grader.checks.bands import Band  # noqa: E402
from grader.checks.plot_specs import LinePlot, beside, by_epoch, gallery  # noqa: E402
from grader.datasets import training_data  # noqa: E402
from grader.gradebook.ledger import Ledger  # noqa: E402
from grader.gradebook.review import Review  # noqa: E402
from grader.gradebook.review_pages import page  # noqa: E402
from grader.gradebook.store import open_file  # noqa: E402
from grader.gradebook.written_answers import questions_of  # noqa: E402
from grader.plots.panels import panels_of  # noqa: E402
from grader.reporting.pages import class_overview, student  # noqa: E402
from grader.reporting.pages.class_overview import About  # noqa: E402
from tests.fixtures.browser import chromium  # noqa: E402
from tests.fixtures.synthetic_class import MISCONCEPTION, POLICY, synthetic_class  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from grader.reporting.report import Report

COLOURS: Final = 64
"""Of a picture: pages have few, and the file becomes a quarter as large."""
DAY: Final = dt.date(2026, 11, 27)


def pages() -> dict[str, str]:
    """Return the pages to show, by the names of their pictures."""
    planted = synthetic_class()
    about = About("Dive into Deep Learning", DAY)
    held = [
        one
        for one in planted.reports
        if any(result.name == MISCONCEPTION and result.misconception for result in one.exercises)
    ]
    shown = max(held, key=lambda one: one.points or 0.0)
    return {
        "class": class_overview.page(planted.reports, planted.exercises, (), about),
        "feedback": student.page(shown),
        "plots": page_with_plots(shown),
        "review": review_page(planted.reports),
    }


def review_page(reports: Sequence[Report]) -> str:
    """Return a page for marking written answers."""
    with tempfile.TemporaryDirectory() as folder, open_file(Path(folder)) as store:
        review = Review(questions_of(POLICY, reports), Ledger(store, "Noether"))
        return page(review, review.questions[0], anonymous=True)


def page_with_plots(report: Report) -> str:
    """Return the page of a student whose training ends too low, and whose grid is of the wrong shape."""
    training_data.use(ROOT / "assignments" / "data")
    images = [*training_data.training_images()[0][:6, 0]]
    titles = ["coat", "pullover", "pullover", "sandal", "trouser", "coat"]
    trained = by_epoch("validation accuracy", [0.63, 0.66, 0.66, 0.67, 0.67, 0.68, 0.68, 0.68, 0.69, 0.7])
    shown = beside(
        LinePlot(trained.title, trained.x_label, trained.lines, Band(0.771, 0.826)),
        gallery("yours", images, [divmod(place, 2) for place in range(6)], titles),
        gallery("expected", images, [divmod(place, 3) for place in range(6)], titles),
    )
    plotted = [
        replace(one, plot=panels_of(shown)) if one.name == MISCONCEPTION else one for one in report.exercises
    ]
    return student.page(replace(report, exercises=tuple(plotted)))


def shoot(browser: Browser, page: Path, height: int, picture: Path) -> None:
    """Write a picture of the top of a page, or of its plots."""
    tab = browser.new_page(viewport={"width": 1040, "height": height}, color_scheme="light")
    tab.goto(page.as_uri())
    shown = tab if picture.stem != "plots" else tab.locator(".plots")
    shown.screenshot(path=picture)
    tab.close()
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def main() -> None:
    """Write all pictures."""
    heights = {"class": 1500, "feedback": 760, "plots": 760, "review": 760}
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        for name, text in pages().items():
            file = Path(folder) / f"{name}.html"
            file.write_text(text, encoding="utf-8")
            shoot(browser, file, heights[name], Path(__file__).with_name(f"{name}.png"))


if __name__ == "__main__":
    main()
