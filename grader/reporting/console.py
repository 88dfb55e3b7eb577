"""The terminal output of a grading run: its progress, then tables about the class.

Names and messages come from students, so they are shown without markup; a report has no control characters.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, Self

from rich import box
from rich.console import Console, Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from grader.records.inert_text import inert, inert_line
from grader.records.verdict import not_judged
from grader.reporting.class_statistics import exercise_statistics, number, remarks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rich.console import RenderableType
    from rich.progress import Task

    from grader.records.verdict import ExerciseResult, ExerciseStatus
    from grader.reporting.class_statistics import ExerciseStatistics
    from grader.reporting.report import Report

STYLES: Final = {
    "graded": "green",
    "provisional": "bold red",
    "unreadable": "yellow",
    "no_code": "yellow",
    "wrong_assignment": "yellow",
    "not_graded": "bold red",
}
WORST_FIRST: Final[tuple[tuple[ExerciseStatus, str, str], ...]] = (
    ("crashed", "crash", "crashes"),
    ("out_of_memory", "out of memory", "out of memory"),
    ("timeout", "timeout", "timeouts"),
    ("error", "error", "errors"),
    ("missing", "missing", "missing"),
    ("incorrect", "incorrect", "incorrect"),
    ("partial", "partly correct", "partly correct"),
)
"""Statuses of exercises, the worst first, with their words in the singular and in the plural."""


LONG: Final = 40
"""A table of so many rows is shown in full."""
WORST: Final = 10
"""How many rows of a longer one are shown."""
MINUTE, HOUR = 60, 3600


class Pace(Protocol):
    """Tells how far a run is."""

    def slowest(self) -> tuple[str, float] | None:
        """Return the submission that has been graded for the longest time, and for how many seconds."""

    def seconds_left(self) -> float | None:
        """Return how long the rest will take; None if nothing tells."""


class TimeLeft(ProgressColumn):
    """How long the rest will take; where nothing tells, for which submission the run waits."""

    def __init__(self) -> None:
        super().__init__()
        self.pace: Pace | None = None

    def render(self, task: Task) -> Text:
        """Return the text beside the bar."""
        if self.pace is None or task.finished:
            return Text("")
        left, slowest = self.pace.seconds_left(), self.pace.slowest()
        if left is not None:
            return Text(f"about {duration(left)} left")
        if slowest is None:
            return Text("")
        name, seconds = slowest
        return Text(f"waiting for {inert_line(name)}, {duration(seconds)} so far")


def duration(seconds: float) -> str:
    """Return a duration in words: "40 s", "12 min", "1 h 30 min"."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    minutes = round(seconds / MINUTE)
    return f"{minutes // MINUTE} h {minutes % MINUTE} min"


class Screen:
    """Shows the progress of a run: a bar on a terminal, one line for each submission elsewhere."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self.time_left = TimeLeft()
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            self.time_left,
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        self.task = self.progress.add_task("Starting", total=None)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def started(self, total: int, kept: int, pace: Pace) -> None:
        """Show how many submissions are to be graded, and how many reports are kept."""
        self.time_left.pace = pace
        self.progress.update(self.task, description="Grading", total=total - kept)
        if kept:
            self.print_line(f"{kept} of {total} submissions are already graded; their reports are kept.")

    def finished(self, report: Report) -> None:
        """Show that one more submission is graded."""
        self.progress.advance(self.task)
        if not self.console.is_terminal:
            self.print_line(line(report))

    def print_line(self, text: str) -> None:
        """Print a line; a long one is not wrapped."""
        self.console.print(Text(inert(text)), soft_wrap=True)

    def show(self, reports: Sequence[Report], exercises: Sequence[ExerciseResult]) -> None:
        """Print the tables about the class."""
        found = exercise_statistics(reports, exercises)
        parts = [*submissions(reports), *means(found), *misconceptions(found), *to_look_at(reports)]
        self.console.print(Group(*parts))


class Log:
    """Shows each submission as a line when it is graded, with the time: what arrives has no end."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    def started(self, total: int, kept: int, pace: Pace) -> None:
        """Show nothing: there is no total."""

    def finished(self, report: Report) -> None:
        """Show that a submission is graded."""
        self.print_line(line(report))

    def print_line(self, text: str) -> None:
        """Print a line with the time; a long one is not wrapped."""
        self.console.print(Text(f"{datetime.now().astimezone():%H:%M:%S} {inert(text)}"), soft_wrap=True)


def line(finished: Report) -> str:
    """Return the result of a submission in one line."""
    parts = [points(finished), remark(finished)]
    return f"{finished.submission}: {', '.join(part for part in parts if part)}"


def submissions(reports: Sequence[Report]) -> list[RenderableType]:
    """Return a table of the submissions; of a large class, those that a person should look at."""
    if len(reports) <= LONG:
        return [table(reports)]
    without = [one for one in reports if one.status != "graded" or one.provisional]
    graded = [one for one in reports if one.status == "graded" and not one.provisional]
    worst = sorted(graded, key=lambda one: (one.points or 0.0, one.submission))
    shown = [*without[:WORST], *worst[:WORST]]
    order = "those with problems first, then those with the fewest points" if without else "the fewest points"
    return [
        table(shown),
        Text(f" {len(shown)} of {len(reports):,} submissions: {order}. class.html has all of them."),
        Text(f" {in_short(reports)}"),
    ]


def in_short(reports: Sequence[Report]) -> str:
    """Return how many submissions there are of each status, and the mean of those that were graded."""
    graded = [one.points for one in reports if one.status == "graded" and one.points is not None]
    counts = Counter(status_words(one) for one in reports)
    parts = [f"{count:,} {status}" for status, count in counts.most_common()]
    if graded:
        parts.append(f"mean {number(sum(graded) / len(graded))} points of those graded")
    return ", ".join(parts) + "."


def table(reports: Sequence[Report]) -> Table:
    """Return a table with a row for each submission."""
    made = Table(box=box.SIMPLE_HEAD)
    made.add_column("Submission", overflow="fold")
    made.add_column("Points", justify="right", no_wrap=True)
    made.add_column("Bonus", justify="right", no_wrap=True)
    made.add_column("Status", no_wrap=True)
    made.add_column("Remark", overflow="fold")
    for one in reports:
        word = "provisional" if one.provisional else one.status
        status = Text(status_words(one), style=STYLES[word])
        bonus = number(one.bonus) if one.bonus else ""
        made.add_row(Text(one.submission), points(one), bonus, status, Text(remark(one)))
    return made


def means(found: Sequence[ExerciseStatistics]) -> list[RenderableType]:
    """Return a table of the exercises' mean points, if there are at least two submissions."""
    if not found or found[0].answers < 2:  # noqa: PLR2004 - a mean needs two
        return []
    made = Table(box=box.SIMPLE_HEAD)
    made.add_column("Section", no_wrap=True)
    made.add_column("Exercise", overflow="fold")
    made.add_column("Class mean", justify="right", no_wrap=True)
    made.add_column("Correct", justify="right", no_wrap=True)
    for one in found:
        made.add_row(
            one.exercise.section,
            Text(one.heading),
            f"{number(one.mean)} / {number(one.exercise.max_points)}",
            f"{one.correct} of {one.answers}",
        )
    return [made]


def misconceptions(found: Sequence[ExerciseStatistics]) -> list[RenderableType]:
    """Return a table of how many submissions show which misconception, an exercise's most frequent first."""
    made = Table(box=box.SIMPLE_HEAD)
    made.add_column("Exercise", overflow="fold")
    made.add_column("Misconception", overflow="fold")
    made.add_column("Submissions", justify="right", no_wrap=True)
    claimed = [(one, misconception, names) for one in found for misconception, names in one.misconceptions]
    shown = claimed if len(claimed) <= LONG else sorted(claimed, key=lambda one: -len(one[2]))[:WORST]
    for one, misconception, names in shown:
        first = misconception.explanation.partition("\n\n")[0]
        made.add_row(Text(one.heading), Text(f"{misconception.id}: {first}"), str(len(names)))
    return [made, *and_more(len(claimed) - len(shown), "less frequent ones")] if made.rows else []


def to_look_at(reports: Sequence[Report]) -> list[RenderableType]:
    """Return a table of the remarks on checks, which only a person can settle."""
    made = Table(box=box.SIMPLE_HEAD)
    made.add_column("Submission", overflow="fold")
    made.add_column("Check", overflow="fold")
    made.add_column("Look at the code", overflow="fold")
    found = remarks(reports)
    shown = found if len(found) <= LONG else found[:WORST]
    for one in shown:
        made.add_row(Text(one.submission), Text(f"{one.exercise}: {one.check}"), Text(one.text))
    return [made, *and_more(len(found) - len(shown), "more to look at")] if made.rows else []


def and_more(count: int, what: str) -> list[RenderableType]:
    """Return a line on what a table leaves out."""
    return [Text(f" {count:,} {what}: class.html has all of them.")] if count > 0 else []


def points(finished: Report) -> str:
    """Return a submission's points as text: "3.5 / 4"; empty if it has none."""
    if finished.points is None or finished.max_points is None:
        return ""
    return f"{number(finished.points)} / {number(finished.max_points)}"


def status_words(finished: Report) -> str:
    """Return the status of a submission in words: "not graded"."""
    return "provisional" if finished.provisional else finished.status.replace("_", " ")


def remark(finished: Report) -> str:
    """Return why a submission was not graded, or how many of its exercises are not correct or not judged."""
    if finished.message:
        first = finished.message.strip().partition("\n")[0]
        return f"{status_words(finished)}: {first}"
    found = Counter(result.status for result in finished.exercises if not not_judged(result))
    parts = [
        f"{found[status]} {one if found[status] == 1 else several}"
        for status, one, several in WORST_FIRST
        if found[status]
    ]
    return ", ".join([*open_checks(finished)[:1], *parts]) or "all correct"


def open_checks(finished: Report) -> list[str]:
    """Return how many checks could not be judged, then each with the reason; empty if all were judged."""
    found = [(result, check) for result in finished.exercises for check in not_judged(result)]
    if not found:
        return []
    count = f"{len(found)} check{'' if len(found) == 1 else 's'}"
    reasons = [f"{result.name}: {check.name}: {inert_line(check.fault)}" for result, check in found]
    return [f"provisional, {count} could not be judged", *reasons]
