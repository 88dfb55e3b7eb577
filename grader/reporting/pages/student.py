"""The feedback page for one student: points of all exercises, and the reasons for failures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.records.verdict import open_points
from grader.reporting.class_statistics import number
from grader.reporting.feedback import MARKS, facts
from grader.reporting.pages.pieces import with_marks
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.feedback import State
    from grader.reporting.pages.pieces import MarkedText
    from grader.reporting.report import Report

FILE: Final = "feedback.html"
NOT_REPORTED: Final = frozenset({"passed", "blocked", "skipped"})


def write(folder: Path, report: Report) -> None:
    """Write the page into a submission's folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, page(report).encode(), mode=PRIVATE)


def page(report: Report) -> str:
    """Return the page about a submission, as HTML. It never shows the seed of the inputs."""
    return _template().render(student=Student(report))


@dataclass(frozen=True)
class Student:
    """A report, arranged for its student."""

    report: Report

    @property
    def name(self) -> str:
        """Name of the submission."""
        return self.report.submission

    @property
    def points(self) -> str:
        """Points, maximal points and bonus as text; empty if it was not graded."""
        report = self.report
        if report.points is None or report.max_points is None:
            return ""
        bonus = f", and {number(report.bonus)} beyond the book" if report.bonus else ""
        return f"{number(report.points)} of {number(report.max_points)} points{bonus}"

    @property
    def open_points(self) -> str:
        """The points of checks that could not be judged, as text; empty if all were judged."""
        return number(sum(map(open_points, self.report.exercises))) if self.report.provisional else ""

    @property
    def share(self) -> float:
        """Points as a percentage of the maximal points."""
        return 100 * (self.report.points or 0.0) / (self.report.max_points or 1.0)

    @property
    def sections(self) -> list[tuple[str, list[ExerciseResult]]]:
        """The exercises of each section, with its title."""
        grouped = groupby(self.report.exercises, lambda result: f"{result.section} {result.module}")
        return [(title, list(results)) for title, results in grouped]

    @property
    def broken_files(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each reason why a file can't be run, with module and name of the exercises in it."""
        reasons: dict[str, list[tuple[str, str]]] = {}
        for result in self.report.exercises:
            if _is_broken(result):
                reasons.setdefault(result.message, []).append((result.module, result.name))
        return list(reasons.items()) if self.report.status == "graded" else []

    @property
    def wrong(self) -> list[ExerciseResult]:
        """The exercises to explain: wrong ones, but none whose file can't be run."""
        return [one for one in self.report.exercises if state(one) == "wrong" and not _is_broken(one)]

    @property
    def open_bonuses(self) -> list[tuple[ExerciseResult, list[Verdict]]]:
        """Correct exercises with the bonus checks that they did not pass."""
        correct = [one for one in self.report.exercises if one.status == "correct"]
        found = [
            (one, [check for check in one.checks if check.bonus and is_reported(check)]) for one in correct
        ]
        return [(one, checks) for one, checks in found if checks]


def state(result: ExerciseResult) -> State:
    """Return the state of an exercise."""
    return "right" if result.status == "correct" else "to do" if result.status == "missing" else "wrong"


def note(result: ExerciseResult) -> str:
    """Return the note beside an exercise: what failed first, or the bonus points."""
    if result.status == "correct":
        return f"+{number(result.bonus)} beyond the book" if result.bonus else ""
    if result.status == "missing":
        return "still to do"
    failed = failures(result)
    if all(check.status == "not_judged" for check in failed):
        return "could not be judged"
    more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{failed[0].name}{more}" if failed else ""


def is_reported(check: Verdict) -> bool:
    """Return whether a check failed by itself, not because another check did."""
    return check.status not in NOT_REPORTED


def failures(result: ExerciseResult) -> list[Verdict]:
    """Return the checks that failed by themselves, without bonuses."""
    return [check for check in result.checks if is_reported(check) and not check.bonus]


def blocked(result: ExerciseResult) -> list[str]:
    """Return the names of the blocked checks, without bonuses."""
    return [check.name for check in result.checks if check.status == "blocked" and not check.bonus]


def uncounted(result: ExerciseResult) -> list[str]:
    """Return the names of the checks that passed without earning their points, without bonuses."""
    passed = [check for check in result.checks if check.status == "passed" and not check.bonus]
    return [check.name for check in passed if check.points < check.max_points]


def hints(check: Verdict) -> list[str]:
    """Return all hints of a check, in order."""
    return [hint for hint in (check.hint, *check.further_hints) if hint]


def pieces_of(check: Verdict) -> list[MarkedText]:
    """Return the pieces of a check's message, without the hints."""
    return with_marks(facts(check, check.message))


def _is_broken(result: ExerciseResult) -> bool:
    first: Sequence[Verdict] = result.checks[:1]
    return result.status in {"error", "timeout"} and any(is_reported(check) for check in first)


@cache
def _template() -> Template:
    return pages().get_template(
        "feedback.html",
        globals={
            "MARKS": MARKS,
            "failures": failures,
            "hints": hints,
            "note": note,
            "number": number,
            "pieces_of": pieces_of,
            "state": state,
            "blocked": blocked,
            "uncounted": uncounted,
        },
    )
