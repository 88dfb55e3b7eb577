"""The pages of a review, and the sheets for marking without a server."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.gradebook.errors import GradebookError
from grader.reporting.class_statistics import number
from grader.reporting.gradebook import cell
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.gradebook.review import Review
    from grader.gradebook.written_answers import Group, Question, Score

COLUMNS: Final = ("student", "exercise", "set", "comment", "reason")
MANY_MEMBERS: Final = 12
"""Answers with one text that are listed at once; more are folded, so that the rubric is near the text."""
UNSAFE: Final = re.compile(r"[^\w.-]")


class Member(NamedTuple):
    """An answer in a group: its position, what it is called, and what was last said about it."""

    position: int
    name: str
    score: Score | None


class Variant(NamedTuple):
    """A text, with the answers that have it."""

    text: str
    members: list[Member]


class Card(NamedTuple):
    """A group of answers.

    Args:
        number: its position in the question.
        variants: the different texts, the most frequent first.
        score: what was last said about all of them; None if they have no score, or different ones.

    """

    number: int
    variants: list[Variant]
    score: Score | None

    @property
    def members(self) -> list[Member]:
        """All answers in it."""
        return [one for variant in self.variants for one in variant.members]

    @property
    def is_open(self) -> bool:
        """Whether any of them has no score."""
        return any(one.score is None for one in self.members)


def page(review: Review, question: Question, *, anonymous: bool) -> str:
    """Return the page of a question, as HTML. Raises `GradebookError`."""
    return _render("review.html", review, question, anonymous=anonymous)


def write_sheets(folder: Path, review: Review, *, anonymous: bool) -> Iterator[Path]:
    """Write a sheet to print and a table to fill in for each question; yield each file.

    Raises `OSError`, or `GradebookError` if somebody has filled in one of the tables.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [UNSAFE.sub("-", question.name) for question in review.questions]
    filled = [name for name in names if _is_filled_in(folder / f"{name}.csv")]
    if filled:
        raise GradebookError(
            f"{folder / filled[0]}.csv is filled in: record it and remove it, or choose another folder."
        )
    for question, name in zip(review.questions, names, strict=True):
        rows = f"{name}.csv"
        sheet = _render("sheets.html", review, question, anonymous=anonymous, table=rows)
        for path, text in ((folder / f"{name}.html", sheet), (folder / rows, table(question))):
            write_whole(path, text.encode(), mode=PRIVATE)
            yield path


def _is_filled_in(path: Path) -> bool:
    """Return whether a table is somebody's work: anything but an empty one, as it is written here."""
    if not path.exists():
        return False
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return any(len(row) != len(COLUMNS) or any(row[2:4]) for row in [*csv.reader(file)][1:])
    except (OSError, ValueError, csv.Error):
        return True


def table(question: Question) -> str:
    """Return a table for `grader adjust --csv`, with a row for each answer, in the order of the sheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    answers = (
        group.answers[position]
        for group in question.groups
        for _, positions in group.variants
        for position in positions
    )
    for count, answer in enumerate(answers, start=1):
        writer.writerow([cell(answer.student), cell(question.name), "", "", f"review of answer {count}"])
    return text.getvalue()


def cards(question: Question, scores: dict[str, Score], *, anonymous: bool) -> list[Card]:
    """Return the groups of a question, as a page shows them."""
    count = 0
    found = []
    for place, group in enumerate(question.groups):
        variants = []
        for text, positions in group.variants:
            members = []
            for position in positions:
                count += 1
                student = group.answers[position].student
                name = f"answer {count}" if anonymous else student
                members.append(Member(position, name, scores.get(student)))
            variants.append(Variant(text, members))
        found.append(Card(place, variants, _shared(group, scores)))
    return found


def _shared(group: Group, scores: dict[str, Score]) -> Score | None:
    said = [scores.get(one.student) for one in group.answers]
    first = said[0]
    is_same = first is not None and all(
        one is not None and (one.points, one.comment) == (first.points, first.comment) for one in said
    )
    return first if is_same else None


def _render(template: str, review: Review, question: Question, *, anonymous: bool, table: str = "") -> str:
    made = cards(question, review.scores(question), anonymous=anonymous)
    return (
        pages()
        .get_template(template)
        .render(
            question=question, questions=review.questions, cards=made, number=number, table=table,
            MANY_MEMBERS=MANY_MEMBERS,
        )
    )  # fmt: skip
