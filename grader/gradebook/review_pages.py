"""The pages of a review, and the sheets for marking without a server."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.class_statistics import number
from grader.reporting.gradebook import cell
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.gradebook.review import Review
    from grader.gradebook.written_answers import Group, Question, Score

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

    Raises `OSError` or `GradebookError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for question in review.questions:
        name = UNSAFE.sub("-", question.name)
        sheet = _render("sheets.html", review, question, anonymous=anonymous)
        for path, text in ((folder / f"{name}.html", sheet), (folder / f"{name}.csv", table(question))):
            write_whole(path, text.encode(), mode=PRIVATE)
            yield path


def table(question: Question) -> str:
    """Return a table for `grader adjust --csv`, with a row for each answer, in the order of the sheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "exercise", "set", "comment", "reason"])
    for group in question.groups:
        for _, positions in group.variants:
            for position in positions:
                student = group.answers[position].student
                writer.writerow([cell(student), cell(question.name), "", "", "review"])
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


def _render(template: str, review: Review, question: Question, *, anonymous: bool) -> str:
    made = cards(question, review.scores(question), anonymous=anonymous)
    return (
        pages()
        .get_template(template)
        .render(question=question, questions=review.questions, cards=made, number=number)
    )
