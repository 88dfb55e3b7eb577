"""The reports of a run: which earlier ones are valid, and how new ones are made, written and recorded."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Final

from grader.gradebook.errors import GradebookError
from grader.gradebook.ledger import Written
from grader.records.sources import NotRead
from grader.records.worker_protocol import Graded
from grader.reporting import output_dir, report
from grader.reporting.pages import student
from grader.submissions import Unreadable, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.gradebook.ledger import Ledger
    from grader.grading.pool import Done
    from grader.records.worker_protocol import Outline
    from grader.reporting.report import Report, RunContext
    from grader.submissions import Entry

KEPT: Final = (
    "{{}} were graded {}. Their reports are kept; `grader regrade --out {{}}` shows what would change."
)
OTHER_OPTIONS: Final = "{} are graded again: they were graded with other options."


class ReportStore:
    """Keeps the reports of an earlier run that are still valid, and writes new ones.

    `reports` has the `kept` ones first, then new ones in the order in which they were written. `outdated`
    counts earlier reports on unchanged submissions that this run would not write so, by the sentence about
    them. Each new report is recorded in the `ledger` after it was written; `not_recorded` says why some are
    not.
    """

    def __init__(self, folder: Path, context: RunContext, outline: Outline) -> None:
        self.folder = folder
        self.context = context
        self.outline = outline
        self.ledger: Ledger | None = None
        self.not_recorded: list[str] = []
        self.reports: list[Report] = []
        self.kept = 0
        self.outdated: Counter[str] = Counter()

    def triage(self, entries: Sequence[Entry], modules: frozenset[str]) -> list[Entry]:
        """Return the submissions that have to be graded: those without an earlier report that is still valid.

        Nothing is written. Only submissions with an earlier report are opened, to compare their hashes.
        """
        to_do = []
        for entry in entries:
            earlier = report.read(self.folder / entry.name)
            content = content_of(entry, modules) if earlier is not None and earlier.content else ""
            if earlier is not None and content and earlier.content == content:
                if report.is_current(earlier, self.context, content):
                    self.reports.append(earlier)
                    continue
                if is_for_regrade(earlier, self.context):
                    self.reports.append(earlier)
                    self.outdated[KEPT.format(why_outdated(earlier, self.context))] += 1
                    continue
                if is_complete(earlier):
                    self.outdated[OTHER_OPTIONS] += 1
            to_do.append(entry)
        self.kept = len(self.reports)
        return to_do

    def keep_earlier(self) -> None:
        """Write the pages of the reports that are kept again. Raises `UsageError`."""
        for earlier in self.reports[: self.kept]:
            folder = self.folder / earlier.submission
            output_dir.write_or_refuse(functools.partial(student.write, folder, earlier))

    def add(self, done: Done) -> Report:
        """Write the report on a submission, and return it."""
        return self._write(report_of(done, self.context, self.outline))

    def _write(self, finished: Report) -> Report:
        """Write a report, then record it; if it can't be written, the submission counts as not graded."""
        try:
            # The page first: a submission with a report is not looked at again.
            student.write(self.folder / finished.submission, finished)
            report.write(self.folder / finished.submission, finished)
        except OSError as error:
            reason = f"Its report can't be written: {error}"
            finished = report.not_graded(finished.submission, self.context, reason, finished.content)
        self.reports.append(finished)
        if self.ledger is not None:
            try:
                self.ledger.record(Written(finished, report.encoded(finished)))
            except GradebookError as error:  # the report is there: the next run records it
                self.not_recorded.append(str(error))
        return finished


def report_of(done: Done, context: RunContext, outline: Outline) -> Report:
    """Return the report on a submission that was graded, or could not be."""
    name, content = done.entry.name, hashed(done.sha256)
    match done.outcome:
        case Graded() as graded:
            finished = report.graded(
                name,
                context,
                graded.results,
                content=content,
                exam=graded.exam,
                layers=graded.layers,
                missing_layers=graded.missing,
                seconds=graded.seconds,
                passed_over=graded.passed_over,
            )
        case NotRead(reason):
            unread = outline.unreadable_results
            finished = report.unreadable(name, context, unread, reason, content)
        case fault:
            finished = report.not_graded(name, context, fault.message, content)
    return finished


def is_complete(earlier: Report) -> bool:
    """Return whether a report needs no further run by itself: it is whole, and nothing in it is open."""
    return earlier.status != "not_graded" and not earlier.provisional


def is_for_regrade(earlier: Report, context: RunContext) -> bool:
    """Return whether a report was made as this run would make it, but by other checks or other software.

    A run changes no verdict on what did not change; `grader regrade` does, and shows the difference first.
    """
    same_options = (earlier.device, earlier.seed, earlier.settings) == (
        context.device,
        context.seed,
        context.settings,
    )
    return is_complete(earlier) and same_options and earlier.versions != context.versions


def why_outdated(earlier: Report, context: RunContext) -> str:
    """Return what graded a submission, where it is not what grades now."""
    before, now = earlier.versions, context.versions
    if before.gradbook != now.gradbook:
        return f"by Gradbook {before.gradbook}, and this is {now.gradbook}"
    if before.checks != now.checks:
        return "before the course's checks changed"
    return "with another version of torch, pandas or Python"


def content_of(entry: Entry, modules: frozenset[str]) -> str:
    """Return the hash of a submission's content as its report has it; "" if it can't be collected."""
    try:
        return hashed(fingerprint(entry, modules))
    except (Unreadable, OSError):
        return ""


def hashed(sha256: str) -> str:
    """Return a hash as it is written to a report."""
    return f"sha256:{sha256}" if sha256 else ""
