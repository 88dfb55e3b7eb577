"""What students wrote in words, arranged for who marks it: one question, all answers, equal ones together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.gradebook.events import Adjustment, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.course.mark_policy import MarkPolicy
    from grader.gradebook.events import Event
    from grader.reporting.report import Report

ALIKE: Final = 92.0
"""Percent of two texts that are the same, up to which one comment serves both."""
SECTION_NUMBER: Final = re.compile(r"\d{1,3}\.\d{1,3}")
HEADING: Final = re.compile(r"(?m)^ {0,3}#{1,6}[^\n]*$")


class Written(NamedTuple):
    """A student's answer: the name of the submission, and the text."""

    student: str
    text: str


@dataclass(frozen=True)
class Group:
    """Answers that are equal or nearly so, in the order of the submissions; one is shown for all of them."""

    answers: tuple[Written, ...]

    @property
    def variants(self) -> list[tuple[str, list[int]]]:
        """The different texts, the most frequent first, each with the positions of its answers."""
        found: dict[str, list[int]] = {}
        for position, one in enumerate(self.answers):
            found.setdefault(plain(one.text), []).append(position)
        ranked = sorted(found.values(), key=lambda positions: -len(positions))
        return [(self.answers[positions[0]].text, positions) for positions in ranked]


@dataclass(frozen=True)
class Question:
    """A question with all answers.

    Args:
        name: its name in `[marks.written]`.
        points: the points that can be earned.
        rubric: what to look for, with points.
        groups: the answers, the largest group first; who wrote nothing is the last one.
    """

    name: str
    points: float
    rubric: Mapping[str, float]
    groups: tuple[Group, ...]


class Score(NamedTuple):
    """What was last said about an answer: the number of the event, by whom, and what."""

    event: int
    author: str
    points: float
    comment: str


def questions_of(policy: MarkPolicy, reports: Sequence[Report]) -> list[Question]:
    """Return the questions of a course with the answers in the reports that count."""
    return [_question(name, points, policy, reports) for name, points in policy.written.items()]


def not_asked(policy: MarkPolicy, reports: Iterable[Report]) -> list[str]:
    """Return the sections on which students wrote something, and that no question is about."""
    asked = {section_of(name) for name in policy.written}
    found = dict.fromkeys(answer.section for one in reports for answer in one.written)
    return sorted(section for section in found if section not in asked)


def section_of(name: str) -> str:
    """Return the number of the section that a question is about, by its name: "4.4"; "" if it has none."""
    found = SECTION_NUMBER.search(name)
    return found[0] if found else ""


def scores(events: Iterable[Event], question: str) -> dict[str, Score]:
    """Return what was last said about each student's answer to a question."""
    found = {}
    for event in in_force(tuple(events)):
        if isinstance(event.content, Adjustment) and event.content.exercise == question:
            content = event.content
            found[event.student] = Score(event.id, event.author, content.points, content.comment)
    return found


def plain(text: str) -> str:
    """Return a text without what doesn't make it another answer: headings, spaces and capitals."""
    return " ".join(HEADING.sub("", text).split()).casefold()


def grouped(answers: Iterable[Written]) -> tuple[Group, ...]:
    """Return groups of equal and nearly equal answers, the largest first."""
    from rapidfuzz import fuzz

    found: dict[str, list[Written]] = {}
    for one in answers:
        text = plain(one.text)
        if text not in found:
            near = next((other for other in found if fuzz.ratio(text, other, score_cutoff=ALIKE)), None)
            text = text if near is None else near
        found.setdefault(text, []).append(one)
    return tuple(sorted((Group(tuple(each)) for each in found.values()), key=lambda one: -len(one.answers)))


def _question(name: str, points: float, policy: MarkPolicy, reports: Sequence[Report]) -> Question:
    section = section_of(name)
    texts = [
        Written(
            one.submission, next((answer.text for answer in one.written if answer.section == section), "")
        )
        for one in reports
        if one.points is not None
    ]
    nothing = tuple(one for one in texts if not one.text)
    return Question(
        name,
        points,
        policy.rubrics.get(name, {}),
        grouped(one for one in texts if one.text) + ((Group(nothing),) if nothing else ()),
    )
