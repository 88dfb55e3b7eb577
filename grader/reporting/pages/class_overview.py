"""The page about a class for its instructor: what the class can do, what it misunderstands, who is who."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from grader.reporting import output_dir
from grader.reporting.analysis.alarms import LEAST, Alarm, alarms_of
from grader.reporting.analysis.answers import Answer, Answers, answers_of, failures
from grader.reporting.analysis.behaviour import Cluster, alone, clusters_of
from grader.reporting.analysis.items import FailingCheck, Item, failing_checks, items_of
from grader.reporting.analysis.lecture import Topic, topics_of
from grader.reporting.class_statistics import NO_ANSWER, Remark, distinct_layers, no_answers, number, remarks
from grader.reporting.console import open_checks, remark, status_words
from grader.reporting.feedback import facts
from grader.reporting.pages import student
from grader.reporting.pages.charts import Quartiles, histogram, percent, quartiles
from grader.reporting.pages.pieces import with_marks, words_of
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole
from grader.reporting.standing import NOT_MARKED, NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult, Misconception, Verdict
    from grader.records.worker_protocol import MissingLayer
    from grader.reporting.pages.charts import Bar
    from grader.reporting.pages.pieces import MarkedText
    from grader.reporting.report import Report
    from grader.reporting.standing import Standing
    from grader.students import Identity

FILE: Final = "class.html"
MOST_CHECKS: Final = 15
"""Checks that the table of those that fail most shows."""
LONGEST: Final = 1_200
"""Characters of a text in an example; longer ones are on the page of the student."""


class About(NamedTuple):
    """What a class page says besides reports.

    Args:
        title: the title of the course.
        graded: the day on which a report was last graded.
        standings: what the gradebook says of each row, by its name.
        missing: the students who handed nothing in.

    """

    title: str = ""
    graded: date | None = None
    standings: Mapping[str, Standing] = {}
    missing: tuple[Identity, ...] = ()


UNTITLED: Final = About()


def write(
    folder: Path,
    reports: Sequence[Report],
    exercises: Sequence[ExerciseResult],
    nameless: Sequence[Sequence[ExerciseResult]] = (),
    about: About = UNTITLED,
) -> Path:
    """Write the page about a run into a folder, and return the file. Raises `OSError`."""
    path = folder / FILE
    write_whole(path, page(reports, exercises, nameless, about).encode(), mode=PRIVATE)
    return path


def page(
    reports: Sequence[Report],
    exercises: Sequence[ExerciseResult],
    nameless: Sequence[Sequence[ExerciseResult]] = (),
    about: About = UNTITLED,
) -> str:
    """Return the page about a class, as HTML.

    Args:
        reports: the reports.
        exercises: the exercises.
        nameless: results that count in the statistics, of submissions which have no name any more.
        about: what the page says besides reports.

    """
    return _template().render(
        results=ClassResults(tuple(reports), tuple(exercises), tuple(nameless), about), about=about
    )


class SectionPoints(NamedTuple):
    """How the points of a section are distributed."""

    title: str
    book: str
    maximum: float
    mean: float
    quartiles: Quartiles | None


class Held(NamedTuple):
    """A misconception with those who show it, one of whom is the example."""

    misconception: Misconception
    members: tuple[Answer, ...]
    example: Example


class Example(NamedTuple):
    """A wrong answer without its author: the call with what came back, and the code if it is short."""

    check: Verdict | None
    pieces: list[MarkedText]
    code: str


class Row(NamedTuple):
    """A row of the table of students.

    Args:
        name: the name of the row.
        person: the student's name, if it is known and another one.
        link: the URL of the feedback; "" without one.
        status: in words.
        points: the points; None without any.
        max_points: the points that can be earned.
        bonus: the bonus points.
        mark: the mark, if it is not the points.
        late: in words; "" if in time, or nothing tells.
        days_late: by how many days.
        remark: what to know.

    """

    name: str
    person: str
    link: str
    status: str
    points: float | None = None
    max_points: float = 0.0
    bonus: float = 0.0
    mark: str = ""
    late: str = ""
    days_late: int = 0
    remark: str = ""


@dataclass(frozen=True)
class ClassResults:
    """All reports of a run, with what they tell of the class, which knows results without a name, too."""

    reports: tuple[Report, ...]
    exercises: tuple[ExerciseResult, ...]
    nameless: tuple[Sequence[ExerciseResult], ...] = ()
    about: About = UNTITLED

    @property
    def with_points(self) -> list[Report]:
        """The submissions that have points, and answer this course."""
        return [one for one in self.reports if one.points is not None and one.status not in NO_ANSWER]

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """How many submissions have which status, in words, the most frequent first."""
        return Counter(map(status_words, self.reports)).most_common()

    @property
    def missing_layers(self) -> list[MissingLayer]:
        """The layers that the sandbox of any submission lacked."""
        return distinct_layers(one.missing_layers for one in self.reports)

    @cached_property
    def totals(self) -> list[float]:
        """The points of each submission that answers this course."""
        sums = [one.points or 0.0 for one in self.with_points]
        return sums + [sum(result.points for result in results) for results in self.nameless]

    @cached_property
    def maximum(self) -> float:
        """The points that can be earned."""
        return max((one.max_points or 0.0 for one in self.with_points), default=0.0)

    @property
    def mean(self) -> str:
        """The mean points and the maximal points, as text; empty without any points."""
        if not self.with_points:
            return ""
        return f"{number(sum(self.totals) / len(self.totals))} of {number(self.maximum)}"

    @property
    def bars(self) -> list[Bar]:
        """The histogram of the points."""
        return histogram(self.totals, self.maximum)

    @property
    def quartiles(self) -> Quartiles | None:
        """The quartiles of the points."""
        return quartiles(self.totals)

    @property
    def sections(self) -> list[SectionPoints]:
        """How the points of each section are distributed."""
        every = [one.exercises for one in self.with_points] + list(self.nameless)
        found = []
        for module, of_section in groupby(self.exercises, lambda one: one.module):
            first, *_ = members = list(of_section)
            sums = [sum(one.points for one in results if one.module == module) for results in every]
            maximum = sum(one.max_points for one in members)
            mean = sum(sums) / max(1, len(sums))
            found.append(
                SectionPoints(student.section_title(first), first.book, maximum, mean, quartiles(sums))
            )
        return found

    @cached_property
    def answers(self) -> list[Answers]:
        """The answers to each exercise."""
        return answers_of(self.reports, self.exercises, self.nameless)

    @cached_property
    def items(self) -> list[Item]:
        """The statistics of each exercise."""
        return items_of(self.answers)

    @cached_property
    def checks(self) -> list[FailingCheck]:
        """The checks that most answers fail."""
        return failing_checks(self.answers)[:MOST_CHECKS]

    @cached_property
    def alarms(self) -> list[Alarm]:
        """The checks that may be broken."""
        return alarms_of(self.answers)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """The wrong answers that behave alike, and that no misconception explains."""
        return clusters_of(self.answers)

    @property
    def alone(self) -> int:
        """How many wrong answers behave like no other one, and are not explained either."""
        return alone(self.answers, self.clusters)

    @property
    def topics(self) -> list[Topic]:
        """What is most worth ten minutes of the next lecture."""
        return topics_of(self.answers, self.clusters, self.alarms)

    @property
    def misconceptions(self) -> list[tuple[Answers, list[Held]]]:
        """The misconceptions of each exercise that has any, the most frequent first."""
        found = [(one, _held(one)) for one in self.answers]
        return [(one, held) for one, held in found if held]

    @property
    def not_judged(self) -> list[tuple[str, list[str]]]:
        """The submissions with checks that could not be judged: name, and each check with the reason."""
        return [(one.submission, open_checks(one)[1:]) for one in self.reports if one.provisional]

    @property
    def to_mark(self) -> list[tuple[str, int]]:
        """The written answers that nobody has marked yet: each question, and of how many students."""
        parts = [part for standing in self.about.standings.values() for part in standing.parts]
        return list(Counter(part.name for part in parts if part.note == NOT_MARKED).items())

    @property
    def no_answers(self) -> list[tuple[str, str, str]]:
        """The submissions in which nothing answers this course: name, status and message."""
        return [(one.submission, status_words(one), one.message) for one in no_answers(self.reports)]

    @property
    def remarks(self) -> list[Remark]:
        """The remarks on checks."""
        return remarks(self.reports)

    @cached_property
    def linked(self) -> frozenset[str]:
        """The names of the submissions that have a page."""
        return frozenset(one.submission for one in self.reports if one.status != "not_graded")

    @property
    def columns(self) -> dict[str, bool]:
        """The columns of the table of students that anybody has something in."""
        return {
            name: any(getattr(row, name) for row in self.rows) for name in ("person", "bonus", "mark", "late")
        }

    @cached_property
    def rows(self) -> list[Row]:
        """The table of students: each submission, and who handed nothing in."""
        return [self._row(one) for one in self.reports] + [
            Row(one.called, "", "", "nothing handed in") for one in self.about.missing
        ]

    def _row(self, one: Report) -> Row:
        standing = self.about.standings.get(one.submission, NOTHING)
        says_more = standing.mark is not None and standing.mark != one.points
        return Row(
            one.submission,
            one.student.name if one.student.name != one.submission else "",
            "" if one.status == "not_graded" else feedback_link(one.submission),
            status_words(one),
            one.points,
            one.max_points or 0.0,
            one.bonus or 0.0,
            number(standing.mark) if says_more and standing.mark is not None else "",
            late_words(one, standing),
            standing.days_late,
            remark(one),
        )


def example_of(answers: Sequence[Answer]) -> Example:
    """Return an example without its author: the shortest code of these answers."""
    shown = min(answers, key=lambda one: (not one.result.code, len(one.result.code)))
    found = failures(shown.result)
    check = next((one for one in found if one.counterexample), found[0] if found else None)
    code = shown.result.code if len(shown.result.code) <= LONGEST else ""
    return Example(check, example_pieces(check) if check is not None else [], code)


def example_pieces(check: Verdict) -> list[MarkedText]:
    """Return the pieces of a check's message that are short enough for an example."""
    return with_marks([one for one in facts(check, check.message) if len(one[1]) <= LONGEST])


def late_words(one: Report, standing: Standing) -> str:
    """Return how late a submission is, in words."""
    days = standing.days_late
    if not days:
        return "late" if one.late else ""
    free = f", {standing.free_days_used} free" if standing.free_days_used else ""
    cost = f", -{number(standing.penalty)} points" if standing.penalty else ""
    return f"{days} day{'s' if days > 1 else ''}{free}{cost}"


def feedback_link(submission: str) -> str:
    """Return the URL of a submission's feedback, relative to the class page."""
    return quote(f"{output_dir.REPORTS}/{submission}/{student.FILE}")


def _held(answers: Answers) -> list[Held]:
    members: dict[Misconception, list[Answer]] = {}
    for one in answers.tried:
        if one.result.misconception is not None:
            members.setdefault(one.result.misconception, []).append(one)
    found = [Held(held, tuple(each), example_of(each)) for held, each in members.items()]
    return sorted(found, key=lambda held: (-len(held.members), held.misconception.id))


@cache
def _template() -> Template:
    return pages().get_template(
        "class.html",
        globals={
            "LEAST": LEAST,
            "example_of": example_of,
            "example_pieces": example_pieces,
            "feedback_link": feedback_link,
            "number": number,
            "percent": percent,
            "words_of": words_of,
        },
    )
