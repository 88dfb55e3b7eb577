"""A grading run: find the submissions, have workers grade them, write the reports."""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import msgspec

from grader.course.course_toml import CourseError, chapters, marks, modules, require_known_names
from grader.grading.pool import Pool
from grader.grading.several_attempts import content_of, different, hashed, number_in_order
from grader.grading.who_is_who import adopt, class_list
from grader.grading.worker_handle import WorkerLost, WorkRefused
from grader.records.devices import CPU
from grader.records.sources import NotRead
from grader.records.worker_protocol import Graded
from grader.reporting import attempt_folders, gradebook, output_dir, report
from grader.reporting.attempts import Attempts
from grader.reporting.class_statistics import distinct_layers
from grader.reporting.counting import POLICIES, oldest_first
from grader.reporting.output_dir import UsageError
from grader.reporting.pages import class_overview
from grader.submissions import CourseNames, SubmissionError, find
from grader.submissions.announcing import first_lines
from grader.submissions.layouts import AUTO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.grading.pool import Done
    from grader.grading.several_attempts import ContentOf
    from grader.grading.who_is_who import ClassList
    from grader.records.worker_protocol import Config, MissingLayer, Outline
    from grader.reporting.counting import Policy
    from grader.reporting.report import Report, RunContext
    from grader.submissions import Entry, Found


Answer = TypeVar("Answer")

CANNOT_START: Final = (
    "Nothing was graded, because grading can't start on this machine: {}.\n"
    "`grader doctor` checks the machine, and says so as soon as grading can start."
)
UNREADABLE_ATTEMPTS: Final = (
    "{} can't be read. It says which exam belongs to which attempt; further attempts are numbered on from "
    "the last report."
)


class GraderFailed(Exception):
    """Nothing could be graded, through a fault of the grader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to grade, and where to write the reports.

    Args:
        paths: the submissions, or folders of them.
        out: the folder to write to (see `grader.reporting.output_dir`).
        config: how to grade.
        jobs: how many submissions are graded in parallel.
        layout: how the folders among the paths make up submissions (see `grader.submissions.layouts`).
        regrade: whether submissions that are already graded are graded again.
        roster: the file that lists the students of the class; None without one.
    """

    paths: tuple[Path, ...]
    out: Path
    config: Config
    jobs: int = 1
    layout: str = AUTO
    regrade: bool = False
    roster: Path | None = None


class RunObserver(Protocol):
    """Receives the progress of a run."""

    def started(self, total: int, kept: int) -> None:
        """Receive the number of submissions, and how many of them keep an earlier report."""

    def finished(self, report: Report) -> None:
        """Receive the report on a submission after it was written."""

    def print_line(self, text: str) -> None:
        """Receive a sentence for the instructor."""


@dataclass(frozen=True, slots=True)
class Run:
    """The result of a run; after an interrupt, of a part of the submissions.

    Args:
        reports: in the order of names.
        paths: the file or folder of each submission, by name.
        outline: what the workers report about the course.
        kept: how many reports were kept from an earlier run.
        interrupted: whether the run was interrupted (`KeyboardInterrupt`).
        class_list: who is who.
        renamed: the earlier and the new names of students whose names are known by now.
    """

    reports: tuple[Report, ...]
    paths: dict[str, Path]
    outline: Outline
    kept: int
    interrupted: bool
    class_list: ClassList
    renamed: tuple[tuple[str, str], ...] = ()


def grade(request: Request, observer: RunObserver) -> Run:
    """Grade submissions. Write each report as soon as it is there, and the gradebook at the end.

    An interrupt (`KeyboardInterrupt`) ends the grading, but not this function: the gradebook then has the
    submissions graded so far, and the same request continues from there.

    Raises:
        UsageError: the request can't be fulfilled; the message says why.
        GraderFailed: no worker could be started.
    """
    names = course_names(Path(request.config.course))
    policy = attempt_policy(Path(request.config.course))
    found = found_at(request, names)
    for line in first_lines(found):
        observer.print_line(line)
    modules = names.modules
    reports_folder = output_dir.reports_in(request.out)
    people = class_list(found.entries, request.roster, request.out, reports_folder)
    renamed = adopted(request.out, people)
    content = functools.cache(functools.partial(content_of, modules=modules))  # each is read once for it
    entries = different(people.entries, content)
    jobs = min(request.jobs, len(entries))
    config = msgspec.structs.replace(request.config, jobs=jobs, is_single=len(entries) == 1)
    with contextlib.ExitStack() as resources, Pool(config) as pool:
        if config.device == CPU:  # the others start while the first one loads the course
            pool.grow(jobs)
        outline = ask_pool(pool.outline)
        pool.grow(jobs if outline.max_workers is None else min(jobs, outline.max_workers))
        context = report.run_context(request.config, outline)
        store = ReportStore(reports_folder, context, outline, regrade=request.regrade, policy=policy)
        to_do = store.triage(entries, content)
        missing: tuple[MissingLayer, ...] = ()
        if to_do:  # a machine that can't grade is refused once, before anything is written
            ready = ask_pool(pool.wait_until_ready)
            missing = ready.missing
            if ready.advice:
                observer.print_line(ready.advice)
        output_dir.create(request.out)
        resources.enter_context(output_dir.exclusive_lock(request.out))
        output_dir.save_seed(request.out, request.config.seed)
        attempts = Attempts(reports_folder)
        number_in_order(attempts, entries, content)
        store.keep_earlier()
        observer.started(len(entries), store.kept)
        for line in store.remarks(missing):
            observer.print_line(line)
        interrupted = False
        try:
            for done in grade_all(pool, to_do, modules, attempts):
                observer.finished(store.add(done))
        except KeyboardInterrupt:
            interrupted = True
        for path in attempts.unreadable:
            observer.print_line(UNREADABLE_ATTEMPTS.format(path))
        reports = store.counting()
        output_dir.write_or_refuse(
            lambda: gradebook.write(request.out, reports, outline.unreadable_results, people.missing)
        )
        output_dir.write_or_refuse(lambda: people.write_matches(request.out))
        output_dir.write_or_refuse(
            lambda: class_overview.write(request.out, reports, outline.unreadable_results)
        )
    return Run(tuple(reports), store.paths(reports), outline, store.kept, interrupted, people, renamed)


class ReportStore:
    """Keeps the reports of an earlier run that are still valid, and writes new ones.

    `reports` has one report for each attempt: the `kept` ones first, then new ones in the order in which they
    were written. `outdated` counts earlier reports on unchanged submissions that are not valid any more, by
    reason.
    """

    def __init__(
        self,
        folder: Path,
        context: RunContext,
        outline: Outline,
        *,
        regrade: bool = False,
        policy: Policy = "last",
    ) -> None:
        self.folder = folder
        self.context = context
        self.outline = outline
        self.regrade = regrade
        self.policy = policy
        self.reports: list[Report] = []
        self.kept = 0
        self.outdated: Counter[str] = Counter()
        self._entries: Sequence[Entry] = ()
        self._of_entry: dict[Entry, Report] = {}
        self._unwritten: dict[str, Report] = {}

    def triage(self, entries: Sequence[Entry], content_of: ContentOf) -> list[Entry]:
        """Return the attempts that have to be graded: those without an earlier report that is still valid.

        Nothing is written. Only attempts of students with an earlier report are opened, to compare their
        hashes.
        """
        self._entries = entries
        to_do = []
        for entry in entries:
            earlier = {} if self.regrade else attempt_folders.reports(self.folder / entry.name)
            content = content_of(entry) if any(one.content for one in earlier.values()) else ""
            same = next((one for one in earlier.values() if content and one.content == content), None)
            if same is not None and report.is_current(same, self.context, content):
                self._of_entry[entry] = identified(same, entry)
                self.reports.append(self._of_entry[entry])
                continue
            if same is not None:
                self.outdated.update(reason_to_regrade(same, self.context))
            to_do.append(entry)
        self.kept = len(self.reports)
        return to_do

    def keep_earlier(self) -> None:
        """Write the pages of the reports that are kept again. Raises `UsageError`."""
        for earlier in self.reports[: self.kept]:
            folder = self.folder / earlier.submission
            output_dir.write_or_refuse(functools.partial(attempt_folders.write, folder, earlier))

    def remarks(self, missing: tuple[MissingLayer, ...]) -> Iterator[str]:
        """Yield why attempts are graded again, and which layers the sandbox lacks or lacked."""
        for reason, count in self.outdated.items():
            yield f"{count} of {len(self._entries)} submissions are graded again: {reason}."
        for layer in distinct_layers([missing, *(one.missing_layers for one in self.reports)]):
            yield layer.sentences

    def add(self, done: Done) -> Report:
        """Write the report on an attempt, and return it."""
        name, content = done.entry.name, hashed(done.sha256)
        match done.outcome:
            case Graded() as graded:
                finished = report.graded(
                    name,
                    self.context,
                    graded.results,
                    content=content,
                    exam=graded.exam,
                    layers=graded.layers,
                    missing_layers=graded.missing,
                    seconds=graded.seconds,
                    passed_over=graded.passed_over,
                )
                if graded.unrelated:
                    finished = report.wrong_assignment(finished, graded.unrelated)
            case NotRead(reason):
                unread = self.outline.unreadable_results
                no_code = done.outcome.no_code
                finished = report.unreadable(name, self.context, unread, reason, content, no_code=no_code)
            case fault:
                finished = report.not_graded(name, self.context, fault.message, content)
        return self._write(done.entry, identified(finished, done.entry))

    def counting(self) -> list[Report]:
        """Return the report on the attempt that counts of each student, in the order of names.

        Those are the students of whom this run has a report.
        """
        names = {entry.name for entry in self._of_entry}
        return [self._unwritten.get(name) or self._count(name) for name in sorted(names)]

    def paths(self, counting: Sequence[Report]) -> dict[str, Path]:
        """Return the file or folder of each student's attempt that counts, if this run was given it."""
        given = {entry.name: entry.path for entry in self._of_entry}
        return given | {entry.name: entry.path for entry, one in self._of_entry.items() if one in counting}

    def _count(self, name: str) -> Report:
        """Let the right attempt of a student count, as the policy says, and return the report on it."""
        now = [
            self._of_entry[entry] for entry in self._entries if entry.name == name and entry in self._of_entry
        ]
        written = attempt_folders.reports(self.folder / name)
        earlier = [one for exam, one in written.items() if exam not in {mine.exam for mine in now}]
        chosen = POLICIES[self.policy](oldest_first(earlier, now))
        output_dir.write_or_refuse(lambda: attempt_folders.let_count(self.folder / name, chosen))
        return chosen

    def _write(self, entry: Entry, finished: Report) -> Report:
        """Write a report; if that fails, the submission counts as not graded."""
        try:
            attempt_folders.write(self.folder / entry.name, finished)
        except OSError as error:
            reason = f"Its report can't be written: {error}"
            failed = report.not_graded(finished.submission, self.context, reason, finished.content)
            finished = self._unwritten[entry.name] = identified(failed, entry)
        self._of_entry[entry] = finished
        self.reports.append(finished)
        return finished


def identified(finished: Report, entry: Entry) -> Report:
    """Return a report with who handed it in, and when."""
    return report.of_student(finished, entry.student, entry.submitted, entry.late)


def reason_to_regrade(earlier: Report, context: RunContext) -> list[str]:
    """Return why the report on an unchanged submission is not valid any more: one reason, or none.

    A submission that was not graded, or not completely, is graded again without a reason.
    """
    before, now = earlier.versions, context.versions
    if earlier.status != "graded" or earlier.provisional:
        return []
    if before.gradbook != now.gradbook:
        return [
            f"Gradbook {before.gradbook} graded them, and this is {now.gradbook}, which may judge differently"
        ]
    if before.checks != now.checks:
        return ["the course's checks have changed"]
    if (before.torch, before.python, before.pandas) != (now.torch, now.python, now.pandas):
        return ["another version of torch, pandas or Python graded them"]
    return ["they were graded with other options"]


def course_names(course: Path) -> CourseNames:
    """Return what a course calls its files, without importing the course. Raises `UsageError`."""
    try:
        require_known_names(course)
        return CourseNames(modules(course), chapters(course))
    except CourseError as error:
        raise UsageError(str(error)) from error


def attempt_policy(course: Path) -> Policy:
    """Return which attempt of a student counts in a course. Raises `UsageError`."""
    try:
        return marks(course).attempt
    except CourseError as error:
        raise UsageError(str(error)) from error


def found_at(request: Request, names: CourseNames) -> Found:
    """Return the submissions to grade; the output folder is not one of them. Raises `UsageError`."""
    output_dir.check(request.out, request.paths)
    is_output = functools.partial(output_dir.leads_to_output, request.out)
    try:
        return find(request.paths, names, request.layout, leave_out=is_output)
    except SubmissionError as error:
        raise UsageError(f"{error}.") from error


def adopted(out: Path, people: ClassList) -> tuple[tuple[str, str], ...]:
    """Rename the folders of students whose names are known by now. Raises `UsageError`."""
    if not people.was or not output_dir.reports_in(out).is_dir():
        return ()
    renamed: list[tuple[str, str]] = []
    with output_dir.exclusive_lock(out):
        output_dir.write_or_refuse(lambda: renamed.extend(adopt(output_dir.reports_in(out), people.was)))
    return tuple(renamed)


def ask_pool(question: Callable[[], Answer]) -> Answer:
    """Return what a worker answers while it starts. Raises `UsageError` or `GraderFailed`."""
    try:
        return question()
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused
    except WorkerLost as lost:
        raise GraderFailed(CANNOT_START.format(str(lost).rstrip("."))) from lost


def grade_all(
    pool: Pool, entries: Sequence[Entry], modules: frozenset[str], attempts: Attempts
) -> Iterator[Done]:
    """Grade submissions, in any order. Raises `UsageError` if no worker can grade on this machine."""

    def exam_of(entry: Entry, sha256: str) -> int:
        return attempts.number(entry.name, hashed(sha256))

    try:
        yield from pool.grade(entries, modules, exam_of=exam_of)
    except WorkRefused as refused:
        raise UsageError(str(refused)) from refused
