"""The reports of a run: which earlier ones are valid, and how new ones are made, written and recorded."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Final

from grader.gradebook.counting import let_count
from grader.gradebook.errors import GradebookError
from grader.gradebook.ledger import Written
from grader.grading.several_attempts import hashed
from grader.records.sources import NotRead
from grader.records.worker_protocol import Graded
from grader.reporting import attempt_folders, output_dir, report
from grader.reporting.class_statistics import distinct_layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.gradebook.ledger import Ledger
    from grader.gradebook.marks import Rules
    from grader.grading.pool import Done
    from grader.grading.several_attempts import ContentOf
    from grader.records.worker_protocol import MissingLayer, Outline
    from grader.reporting.report import Report, RunContext
    from grader.submissions import Entry

KEPT: Final = (
    "{{}} were graded {}. Their reports are kept; `grader regrade --out {{}}` shows what would change."
)
OTHER_OPTIONS: Final = "{} are graded again: they were graded with other options."


class ReportStore:
    """Keeps the reports of an earlier run that are still valid, and writes new ones.

    `reports` has one report for each attempt: the `kept` ones first, then new ones in the order in which they
    were written. `outdated` counts earlier reports on unchanged submissions that this run would not write so,
    by the sentence about them. `of_entry` has the report on each attempt.
    `seconds` is how long it took to grade something earlier of the same student,
    of what is graded again. Each new report is recorded in the `ledger` after it was written;
    `not_recorded` says why some are not.
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
        self.seconds: dict[Entry, float] = {}
        self._entries: Sequence[Entry] = ()
        self.of_entry: dict[Entry, Report] = {}
        self._told: set[Entry] = set()
        self._unwritten: dict[str, Report] = {}

    def triage(self, entries: Sequence[Entry], content_of: ContentOf) -> list[Entry]:
        """Return the attempts that have to be graded: those without an earlier report that is still valid.

        Nothing is written. Only attempts of students with an earlier report are opened, to compare their
        hashes.
        """
        self._entries = entries
        to_do = []
        for entry in entries:
            earlier = attempt_folders.reports(self.folder / entry.name)
            content = content_of(entry) if any(one.content for one in earlier.values()) else ""
            same = next((one for one in earlier.values() if content and one.content == content), None)
            if same is None or not self._is_kept(same):
                to_do.append(entry)
                if earlier:
                    self.seconds[entry] = max(one.seconds for one in earlier.values())
                continue
            self.of_entry[entry] = identified(same, entry)
            self.reports.append(self.of_entry[entry])
            if self.of_entry[entry] != same:
                self._told.add(entry)
        self.kept = len(self.reports)
        return to_do

    def _is_kept(self, earlier: Report) -> bool:
        """Return whether a report on what was not changed is kept, and count those that are outdated."""
        if report.is_current(earlier, self.context, earlier.content):
            return True
        if is_for_regrade(earlier, self.context):
            self.outdated[KEPT.format(why_outdated(earlier, self.context))] += 1
            return True
        if is_complete(earlier):
            self.outdated[OTHER_OPTIONS] += 1
        return False

    def keep_earlier(self) -> None:
        """Write the pages of the reports that are kept again, and what is known by now of their students.

        Raises `UsageError`.
        """
        for entry, earlier in self.of_entry.items():
            folder = self.folder / entry.name
            output_dir.write_or_refuse(functools.partial(attempt_folders.write, folder, earlier))
            if entry in self._told:
                self._record(earlier)

    def remarks(self, missing: tuple[MissingLayer, ...], out: Path) -> Iterator[str]:
        """Yield which reports are outdated, and which layers the sandbox lacks or lacked."""
        for reason, count in self.outdated.items():
            yield reason.format(f"{count} of {len(self._entries)} submissions", out)
        for layer in distinct_layers([missing, *(one.missing_layers for one in self.reports)]):
            yield layer.sentences

    def add(self, done: Done) -> Report:
        """Write the report on an attempt, and return it."""
        return self._write(done.entry, report_of(done, self.context, self.outline))

    def counting(self, rules: Rules, students: Iterable[str]) -> list[Report]:
        """Return the report on the attempt that counts of each student, in the order of names.

        Those are the students of whom there is one, in this run or from an earlier one. Raises `UsageError`.
        """
        given: dict[str, list[Report]] = {}
        for entry in self._entries:
            if entry in self.of_entry:
                given.setdefault(entry.name, []).append(self.of_entry[entry])
        names = sorted({*given, *students})
        assert self.ledger is not None  # noqa: S101 - before it, nothing is written
        try:
            self.ledger.record_order(given)
        except GradebookError as error:  # the next run records it
            self.not_recorded.append(str(error))
        try:
            marks = self.ledger.marks(rules, names)
        except GradebookError as error:
            raise output_dir.UsageError(str(error)) from error
        counting = {
            name: self._unwritten.get(name) or let_count(self.folder / name, marks[name]) for name in names
        }
        return [one for one in counting.values() if one is not None]

    def paths(self, counting: Sequence[Report]) -> dict[str, Path]:
        """Return the file or folder of each student's attempt that counts; else of one that was given."""
        given = {entry.name: entry.path for entry in self._entries}
        return given | {entry.name: entry.path for entry, one in self.of_entry.items() if one in counting}

    def _write(self, entry: Entry, finished: Report) -> Report:
        """Write a report, then record it; if it can't be written, the submission counts as not graded."""
        try:
            attempt_folders.write(self.folder / entry.name, finished)
        except OSError as error:
            reason = f"Its report can't be written: {error}"
            failed = report.not_graded(finished.submission, self.context, reason, finished.content)
            finished = self._unwritten[entry.name] = identified(failed, entry)
        self.of_entry[entry] = finished
        self.reports.append(finished)
        self._record(finished)
        return finished

    def _record(self, finished: Report) -> None:
        if self.ledger is not None:
            try:
                self.ledger.record(Written(finished, report.encoded(finished)))
            except GradebookError as error:  # the report is there: the next run records it
                self.not_recorded.append(str(error))


def report_of(done: Done, context: RunContext, outline: Outline) -> Report:
    """Return the report on an attempt that was graded, or could not be."""
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
                written=graded.written,
            )
            if graded.unrelated:
                finished = report.wrong_assignment(finished, graded.unrelated)
        case NotRead(reason):
            unread, no_code = outline.unreadable_results, done.outcome.no_code
            finished = report.unreadable(name, context, unread, reason, content, no_code=no_code)
        case fault:
            finished = report.not_graded(name, context, fault.message, content)
    return identified(finished, done.entry)


def identified(finished: Report, entry: Entry) -> Report:
    """Return a report with who handed it in, and when."""
    return report.of_student(finished, entry.student, entry.submitted, entry.late)


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
