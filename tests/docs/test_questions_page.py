"""docs/authors/questions.md: each exercise has its row, each cell a check or a reason that exists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.fixtures.shipped import COURSE

PAGE: Final = Path(__file__).parents[2] / "docs" / "authors" / "questions.md"
COLUMNS: Final = [
    "Tables", "Square", "Arguments", "State", "Abstract", "Fakes", "Conduct", "Broadcast", "Graph", "Numbers",
]  # fmt: skip
ASKED: Final = re.compile(r"asked: `(\w+)`")
REASONS: Final = re.compile(r"— \[([\d, ]+)\]")


@dataclass(frozen=True)
class Chapter:
    """A chapter of the page: its number, the cells by exercise, and the numbers of its reasons."""

    number: str
    cells: dict[str, list[str]]
    reasons: list[str]


def chapters() -> list[Chapter]:
    _, *parts = re.split(r"^## Chapter (\d+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [
        Chapter(
            number,
            {
                name: [cell.strip() for cell in cells.split("|")[:-1]]
                for name, cells in re.findall(r"^\| `(\w+)` \|(.*)$", text, re.MULTILINE)
            },
            re.findall(r"^(\d+)\. ", text, re.MULTILINE),
        )
        for number, text in zip(parts[::2], parts[1::2], strict=True)
    ]


CHAPTERS: Final = chapters()
EXERCISES: Final = {
    exercise.name: (section.number, {check.name for check in exercise.checks})
    for section in COURSE.sections
    for exercise in section.exercises
}
by_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.number)


def test_every_table_has_the_same_columns() -> None:
    headers = re.findall(r"^\| exercise \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headers
    assert all([name.strip() for name in header.split("|")] == COLUMNS for header in headers)


@by_chapter
def test_every_exercise_of_the_chapter_has_a_row_in_the_courses_order(chapter: Chapter) -> None:
    ours = [name for name, (section, _) in EXERCISES.items() if section.startswith(f"{chapter.number}.")]
    assert list(chapter.cells) == ours


@by_chapter
def test_every_cell_is_drawn_or_asked_by_a_check_or_has_a_reason(chapter: Chapter) -> None:
    for name, cells in chapter.cells.items():
        assert len(cells) == len(COLUMNS), name
        for cell in cells:
            asked, reasons = ASKED.fullmatch(cell), REASONS.fullmatch(cell)
            assert cell == "drawn" or asked or reasons, f"{name}: {cell}"
            if asked:
                assert asked[1] in EXERCISES[name][1], f"{name}: {cell}"


@by_chapter
def test_every_reason_is_given_once_and_used(chapter: Chapter) -> None:
    used = {
        number
        for cells in chapter.cells.values()
        for cell in cells
        for found in REASONS.findall(cell)
        for number in found.split(", ")
    }
    assert chapter.reasons == [str(number) for number in range(1, len(used) + 1)]
    assert used == set(chapter.reasons)
