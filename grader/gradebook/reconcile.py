"""Compare a gradebook with the reports in its folder.

A report is written first, then its event. Whatever ended a run between the two, the next start records what
is missing. What has events and no report any more is said, and left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.gradebook.events import Graded, Renamed, Takeover
from grader.gradebook.ledger import by_student, reports_in
from grader.gradebook.store import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from grader.gradebook.ledger import Ledger

LISTED: Final = 5
"""So many names are listed in a sentence."""


@dataclass(frozen=True)
class Reconciled:
    """What was found.

    Args:
        recorded: students whose report had no event.
        without_report: students with events on reports, of whom no report is left.
        taken_over: the versions of Gradbook whose reports were taken over, if there was no gradebook yet.
    """

    recorded: tuple[str, ...] = ()
    without_report: tuple[str, ...] = ()
    taken_over: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return what an instructor should know."""
        said = []
        if self.taken_over:
            versions = " and ".join(self.taken_over)
            who = count(self.recorded)
            said.append(f"Reports by Gradbook {versions} on {who} were taken over into the gradebook.")
        elif self.recorded:
            said.append(
                f"The gradebook lacked {count(self.recorded)} with a report, after an interruption; recorded"
                f" now: {listed(self.recorded)}."
            )
        if self.without_report:
            said.append(
                f"The gradebook has {count(self.without_report)} without a report in the folder: "
                f"{listed(self.without_report)}. Their marks stay; `grader forget` removes somebody."
            )
        return said


def reconcile(ledger: Ledger, out: Path) -> Reconciled:
    """Record the reports in a folder that have no event. Raises `GradebookError`.

    Doing so twice, or from two programs at once, records nothing twice.
    """
    events = ledger.store.events()
    is_new = not events
    known = ledger.store.keys()
    recorded: dict[str, None] = {}
    versions: dict[str, None] = {}
    with_report = set()
    for written in reports_in(out):
        report = written.report
        if written.was and not is_new:
            key = f"renamed:{written.was}:{report.submission}"
            content = Renamed(before=written.was)
            if key not in known:
                ledger.store.append([Draft(report.submission, content, ledger.author, key)])
                known |= {key}
        if report.points is None:
            continue
        with_report.add(report.submission)
        if known.isdisjoint({written.key, written.key_of(written.was)}) and ledger.record(written):
            recorded[report.submission] = None
            versions[report.versions.gradbook] = None
    with_events = {
        student
        for student, about in by_student(ledger.store.events()).items()
        if any(isinstance(event.content, Graded) for event in about)
    }
    taken_over = tuple(versions) if is_new else ()
    if taken_over:
        takeover = Takeover(reports=len(recorded), versions=taken_over)
        ledger.store.append([Draft("", takeover, ledger.author, "takeover")])
    return Reconciled(tuple(recorded), tuple(sorted(with_events - with_report)), taken_over)


def count(students: tuple[str, ...]) -> str:
    """Return a number of students as text."""
    return f"{len(students)} student{'' if len(students) == 1 else 's'}"


def listed(students: tuple[str, ...]) -> str:
    """Return names in a sentence: the first few, and how many more."""
    more = len(students) - LISTED
    return ", ".join(students[:LISTED]) + (f" and {more} more" if more > 0 else "")
