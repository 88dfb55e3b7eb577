"""Golden files: what each system exported, in several languages and encodings, and what it gets back.

`golden/NAME.template` is filled in as `golden/NAME.upload`. The students have names with commas, quotes,
umlauts and other scripts, one begins like a formula, and two have the same.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.exchange.export import Choices, export
from grader.exchange.systems import SYSTEMS
from grader.exchange.template import parsed
from tests.exchange.conftest import mark, row
from tests.exchange.test_export import LOCALES
from tests.fixtures.exports import OPTIONS, Named

GOLDEN = Path(__file__).parent / "golden"
NAMES = (
    ("Jürgen", "Müller"),
    ("Martin", "King, Jr."),
    ('Dwayne "Rock"', "O'Neil"),
    ("=SUM(A1)", "+Formula"),
    ("雅", "佐藤"),
    ("Ada", "Lovelace"),
    ("Ada", "Lovelace"),
)
GROUP = [Named(number, names=names) for number, names in enumerate(NAMES)]
NOW = {1: "1", 5: "2"}
"""What is in the systems already: the second of these marks is the same."""
MARKS = dict(zip(GROUP, map(Fraction, ("0", "2.5", "3", "1.25", "0.5", "2", "1")), strict=True))


def name_of(locale: str) -> str:
    """The name of the files of a locale."""
    return locale.replace(", ", "-").lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_template_is_filled_in_byte_for_byte(locale: str) -> None:
    system = SYSTEMS[LOCALES[locale][0]]
    data = (GOLDEN / f"{name_of(locale)}.template").read_bytes()
    sheet = system.sheet(parsed(data, "golden", system.separators), OPTIONS[system.name])
    marks = {f"student-{one.number}": mark(one, value) for one, value in MARKS.items()}
    found = export(system, sheet, [row(one) for one in GROUP], marks, Choices())
    assert found.content == (GOLDEN / f"{name_of(locale)}.upload").read_bytes()


def test_every_golden_file_is_used() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {name_of(locale) for locale in LOCALES}
