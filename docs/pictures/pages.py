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

from PIL import Image  # noqa: E402 - the package and its tests are found by the line above
from playwright.sync_api import sync_playwright  # noqa: E402

from grader.reporting.pages import class_overview, student  # noqa: E402
from grader.reporting.pages.class_overview import About  # noqa: E402
from tests.fixtures.browser import chromium  # noqa: E402
from tests.fixtures.synthetic_class import MISCONCEPTION, synthetic_class  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLOURS: Final = 64
"""Of a picture: pages have few, and the file becomes a quarter as large."""
DAY: Final = dt.date(2026, 11, 27)


def pages() -> dict[str, str]:
    """Return the pages to show, by the names of their pictures."""
    planted = synthetic_class()
    about = About("Dive into Deep Learning", DAY)
    shown = next(
        one
        for one in planted.reports
        if any(result.name == MISCONCEPTION and result.misconception for result in one.exercises)
        and sum(result.status == "correct" for result in one.exercises) > len(one.exercises) - 2
    )
    return {
        "class": class_overview.page(planted.reports, planted.exercises, (), about),
        "feedback": student.page(shown),
    }


def shoot(browser: Browser, page: Path, height: int, picture: Path) -> None:
    """Write a picture of the top of a page."""
    tab = browser.new_page(viewport={"width": 1040, "height": height}, color_scheme="light")
    tab.goto(page.as_uri())
    tab.screenshot(path=picture)
    tab.close()
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def main() -> None:
    """Write all pictures."""
    heights = {"class": 1500, "feedback": 760}
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        for name, text in pages().items():
            page = Path(folder) / f"{name}.html"
            page.write_text(text, encoding="utf-8")
            shoot(browser, page, heights[name], Path(__file__).with_name(f"{name}.png"))


if __name__ == "__main__":
    main()
