"""A grading run: find submissions, read them, have workers grade them, write a report on each."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from grader.course.course_toml import CourseError, demand_known, modules
from grader.grading.pool import Pool
from grader.grading.worker_handle import WorkerLost, WorkRefused
from grader.records.devices import CPU
from grader.records.worker_protocol import Marked
from grader.reporting import gradebook, output_dir, report
from grader.reporting.output_dir import UsageError
from grader.reporting.pages import class_overview, student
from grader.submissions import Entry, SubmissionError, Unreadable, find, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.records.worker_protocol import Config, Fault, Outline
    from grader.reporting.report import Report, Terms
    from grader.submissions import Submission


class GraderFailed(Exception):
    """Nothing could be graded, and the grader is to blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an instructor asks for.

    Args:
        paths: the submissions, or folders of them.
        out: the folder to write to (see `grader.reporting.output_dir`).
        config: how to grade.
        jobs: how many submissions at a time.
        single: whether each path is one submission, whatever it holds.
        regrade: whether to grade again what is graded already.
    """

    paths: tuple[Path, ...]
    out: Path
    config: Config
    jobs: int = 1
    single: bool = False
    regrade: bool = False


class Watcher(Protocol):
    """Who is told how a run goes."""

    def begins(self, total: int, kept: int) -> None:
        """So many submissions there are; so many of them are graded already."""

    def done(self, finished: Report) -> None:
        """One more submission is done, and its report is written."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, in the order of names; after an interrupt, of a part of the submissions.

    `paths` says where what was handed in lies, by the submissions' names.
    """

    reports: tuple[Report, ...]
    paths: dict[str, Path]
    outline: Outline
    kept: int
    interrupted: bool


def grade(request: Request, watcher: Watcher) -> Run:
    """Grade submissions, writing each report as it comes, and the gradebook at the end.

    An interrupt from the keyboard ends the grading, not this function: the gradebook then holds what there
    is, and the same request goes on from there.

    Raises:
        UsageError: something that was asked for isn't there.
        GraderFailed: the grader itself can't work.
    """
    modules = section_modules(Path(request.config.course))
    entries = entries_of(request, modules)
    jobs = min(request.jobs, len(entries))
    config = msgspec.structs.replace(request.config, jobs=jobs)
    with contextlib.ExitStack() as running, Pool(config) as pool:
        if config.device == CPU:  # the workers start while submissions are read
            pool.grow(jobs)
        readings = [(entry, reading(entry, modules)) for entry in entries]
        outline = outline_from(pool)
        pool.grow(jobs if outline.room is None else min(jobs, outline.room))
        output_dir.make(request.out)
        running.enter_context(output_dir.alone_in(request.out))
        output_dir.keep_seed(request.out, request.config.seed)
        terms = report.terms_of(request.config, outline)
        desk = Desk(output_dir.reports_in(request.out), terms, outline, regrade=request.regrade)
        to_do = [one for entry, outcome in readings if (one := desk.sort(entry, outcome)) is not None]
        watcher.begins(len(entries), desk.kept)
        for finished in desk.reports[desk.kept :]:
            watcher.done(finished)
        interrupted = False
        try:
            for submission, outcome in marked(pool, to_do):
                watcher.done(desk.settle(submission, outcome))
        except KeyboardInterrupt:
            interrupted = True
        reports = sorted(desk.reports, key=lambda one: one.submission)
        output_dir.attempt(lambda: gradebook.write(request.out, reports, outline.unread))
        output_dir.attempt(lambda: class_overview.write(request.out, reports, outline.unread))
    paths = {entry.name: entry.path for entry in entries}
    return Run(tuple(reports), paths, outline, desk.kept, interrupted)


class Desk:
    """Where submissions come in and reports pile up: those kept from an earlier run first."""

    def __init__(self, folder: Path, terms: Terms, outline: Outline, *, regrade: bool = False) -> None:
        self.folder = folder
        self.terms = terms
        self.outline = outline
        self.regrade = regrade
        self.reports: list[Report] = []
        self.kept = 0

    def sort(self, entry: Entry, outcome: Submission | Unreadable | OSError) -> Submission | None:
        """Return what must be graded; what needn't or can't be is settled at once."""
        if isinstance(outcome, Unreadable):
            self._file(report.unreadable(entry.name, self.terms, self.outline.unread, clean(outcome.reason)))
        elif isinstance(outcome, OSError):
            self._file(report.not_graded(entry.name, self.terms, clean(f"It can't be read: {outcome}")))
        else:
            earlier = None if self.regrade else report.read(self.folder / entry.name)
            if earlier is None or not report.is_kept(earlier, self.terms, content_of(outcome)):
                return outcome
            output_dir.attempt(lambda: student.write(self.folder / entry.name, earlier))
            self.reports.insert(self.kept, earlier)
            self.kept += 1
        return None

    def settle(self, submission: Submission, outcome: Marked | Fault) -> Report:
        """Write the report on what became of a submission, and return it."""
        if not isinstance(outcome, Marked):
            return self._file(
                report.not_graded(submission.name, self.terms, clean(outcome.message), content_of(submission))
            )
        return self._file(
            report.graded(
                submission.name,
                self.terms,
                outcome.results,
                content=content_of(submission),
                layers=outcome.layers,
                seconds=outcome.seconds,
            )
        )

    def _file(self, finished: Report) -> Report:
        """Write a report; where that fails, the submission counts as not graded."""
        try:
            # The page first: a report that is there stands for a submission that is done.
            student.write(self.folder / finished.submission, finished)
            report.write(self.folder / finished.submission, finished)
        except OSError as error:
            reason = clean(f"Its report can't be written: {error}")
            finished = report.not_graded(finished.submission, self.terms, reason, finished.content)
        self.reports.append(finished)
        return finished


def section_modules(course: Path) -> frozenset[str]:
    """Return the names of a course's section modules, without loading the course. Raises `UsageError`."""
    try:
        demand_known(course)
        return modules(course)
    except CourseError as error:
        raise UsageError(str(error)) from error


def entries_of(request: Request, modules: frozenset[str]) -> list[Entry]:
    """Return the submissions, without the folder that is written to. Raises `UsageError`."""
    output_dir.check(request.out, request.paths)
    try:
        found = find(request.paths, modules, single=request.single)
    except SubmissionError as error:
        raise UsageError(f"{error}.") from error
    entries = [entry for entry in found if not output_dir.is_way_to(request.out, entry.path)]
    if not entries:
        raise UsageError(f"There is nothing to grade beside the output folder {str(request.out)!r}.")
    return entries


def reading(entry: Entry, modules: frozenset[str]) -> Submission | Unreadable | OSError:
    """Read a submission, or return why it can't be read."""
    try:
        return read(entry, modules)
    except (Unreadable, OSError) as error:
        return error


def outline_from(pool: Pool) -> Outline:
    """Return what a worker says of the course. Raises `UsageError` or `GraderFailed`."""
    try:
        return pool.outline()
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused
    except WorkerLost as lost:
        raise GraderFailed(f"No worker could be started: {lost}.") from lost


def marked(pool: Pool, submissions: Sequence[Submission]) -> Iterator[tuple[Submission, Marked | Fault]]:
    """Grade submissions in any order. Raises `UsageError` where no worker can do it on this machine."""
    try:
        yield from pool.mark(submissions)
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused


def content_of(submission: Submission) -> str:
    """Return what a report calls a submission's content."""
    return f"sha256:{submission.sha256}"


def clean(text: str) -> str:
    """Return text that can be written as UTF-8, whatever a file was called."""
    return text.encode(errors="replace").decode()
