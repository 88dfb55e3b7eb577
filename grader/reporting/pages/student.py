"""The feedback on one submission, as a page for its student: what is right, and of all else the reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.reporting.class_statistics import number
from grader.reporting.feedback import MARKS, facts
from grader.reporting.pages.pieces import shown
from grader.reporting.rendering import pages
from grader.reporting.report import write_whole
from grader.submissions.contents import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.feedback import State
    from grader.reporting.pages.pieces import Shown
    from grader.reporting.report import Report

FILE: Final = "feedback.html"
UNTOLD: Final = frozenset({"passed", "blocked", "skipped"})


def write(folder: Path, report: Report) -> None:
    """Write the page into a submission's folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, page(report).encode())


def page(report: Report) -> str:
    """Return the page on a submission, which never shows the exam's seed."""
    return _template().render(student=Student(report))


@dataclass(frozen=True)
class Student:
    """A report as its student reads it."""

    report: Report

    @property
    def name(self) -> str:
        """What the submission is called."""
        return printable(self.report.submission)

    @property
    def points(self) -> str:
        """How many of how many, and the bonus."""
        report = self.report
        if report.points is None or report.max_points is None:
            return ""
        bonus = f", and {number(report.bonus)} beyond the book" if report.bonus else ""
        return f"{number(report.points)} of {number(report.max_points)} points{bonus}"

    @property
    def share(self) -> float:
        """Points as a percentage of the most that there are."""
        return 100 * (self.report.points or 0.0) / (self.report.max_points or 1.0)

    @property
    def sections(self) -> list[tuple[str, list[ExerciseResult]]]:
        """The exercises of each section."""
        grouped = groupby(self.report.exercises, lambda result: f"{result.section} {result.module}")
        return [(title, list(results)) for title, results in grouped]

    @property
    def broken(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each reason why a file can't be loaded, with module and name of what lacks an answer then."""
        reasons: dict[str, list[tuple[str, str]]] = {}
        for result in self.report.exercises:
            if _is_broken(result):
                reasons.setdefault(result.message, []).append((result.module, result.name))
        return list(reasons.items()) if self.report.status == "graded" else []

    @property
    def explained(self) -> list[ExerciseResult]:
        """What is wrong in itself."""
        return [one for one in self.report.exercises if state(one) == "wrong" and not _is_broken(one)]

    @property
    def further(self) -> list[tuple[ExerciseResult, list[Verdict]]]:
        """The bonuses that right answers leave open."""
        right = [result for result in self.report.exercises if result.status == "correct"]
        left = [(one, [check for check in one.checks if check.bonus and told(check)]) for one in right]
        return [(one, checks) for one, checks in left if checks]


def state(result: ExerciseResult) -> State:
    """Return what an exercise is."""
    return "right" if result.status == "correct" else "to do" if result.status == "missing" else "wrong"


def note(result: ExerciseResult) -> str:
    """Return a remark on an exercise: what failed first, or how far the answer went beyond the book."""
    if result.status == "correct":
        return f"+{number(result.bonus)} beyond the book" if result.bonus else ""
    if result.status == "missing":
        return "still to do"
    failed = failures(result)
    more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{failed[0].name}{more}" if failed else ""


def told(check: Verdict) -> bool:
    """Return whether there is something to say of a check: it failed, and not because another one did."""
    return check.status not in UNTOLD


def failures(result: ExerciseResult) -> list[Verdict]:
    """Return the checks that failed by themselves."""
    return [check for check in result.checks if told(check) and not check.bonus]


def waiting(result: ExerciseResult) -> list[str]:
    """Return the names of the checks that wait for another one."""
    return [check.name for check in result.checks if check.status == "blocked" and not check.bonus]


def hints(check: Verdict) -> list[str]:
    """Return all hints, the first one first."""
    return [hint for hint in (check.hint, *check.further_hints) if hint]


def said(check: Verdict) -> list[Shown]:
    """Return what there is to say of a check, without the hints."""
    return shown(facts(check, check.message))


def _is_broken(result: ExerciseResult) -> bool:
    first: Sequence[Verdict] = result.checks[:1]
    return result.status in {"error", "timeout"} and any(told(check) for check in first)


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
            "said": said,
            "state": state,
            "waiting": waiting,
        },
    )
