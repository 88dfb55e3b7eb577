"""A grading run: find the submissions, have workers grade them, write the reports."""

from __future__ import annotations

import contextlib
import functools
import statistics
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from grader.course.course_toml import CourseError, chapters, modules, read, require_known_names
from grader.gradebook.errors import GradebookError
from grader.gradebook.ledger import open_ledger, place_of, remembered, rules_of
from grader.gradebook.overview import write_overview
from grader.gradebook.reconcile import reconcile
from grader.grading.handed_in import HandedIn
from grader.grading.report_store import ReportStore
from grader.grading.several_attempts import different, number_in_order
from grader.grading.who_is_who import adopt, class_list
from grader.grading.workers import grade_all, workers
from grader.reporting import output_dir
from grader.reporting.attempts import Attempts
from grader.reporting.output_dir import RunFile, Source, UsageError
from grader.submissions import CourseNames, SubmissionError, find
from grader.submissions.announcing import first_lines
from grader.submissions.errors import EmptyClass
from grader.submissions.layouts import AUTO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.gradebook.ledger import Ledger, Place
    from grader.gradebook.marks import Rules
    from grader.grading.cluster.settings import Cluster
    from grader.grading.progress import Progress
    from grader.grading.who_is_who import ClassList
    from grader.grading.workers import Workers
    from grader.records.worker_protocol import Config, Outline
    from grader.reporting.report import Report
    from grader.submissions import Entry, Found


UNREADABLE_ATTEMPTS: Final = (
    "{} can't be read. It says which exam belongs to which attempt; further attempts are numbered on from "
    "the last report."
)


NOT_RECORDED: Final = (
    "{} of the reports are not in the gradebook yet: {} The same command again records them; nothing is "
    "graded twice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to grade, and where to write the reports.

    Args:
        paths: the submissions, or folders of them.
        out: the folder to write to (see `grader.reporting.output_dir`).
        config: how to grade.
        jobs: how many submissions are graded in parallel.
        layout: how the folders among the paths make up submissions (see `grader.submissions.layouts`).
        database: the URL of the gradebook's database; "": what the course or an earlier run says, else a
            file in the output folder.
        roster: the file that lists the students of the class; None without one.
        cluster: the cluster whose workers grade; None: those of this machine.
    """

    paths: tuple[Path, ...]
    out: Path
    config: Config
    jobs: int = 1
    layout: str = AUTO
    database: str = ""
    roster: Path | None = None
    cluster: Cluster | None = None


class NothingThere(UsageError):
    """There are no submissions in a folder."""


class RunObserver(Protocol):
    """Receives the progress of a run."""

    def started(self, total: int, kept: int, progress: Progress) -> None:
        """Receive the number of submissions, how many reports are kept, and the progress."""

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
        looked_at: the attempts of which this run has a report, with it.
        renamed: the earlier and the new names of students whose names are known by now.
    """

    reports: tuple[Report, ...]
    paths: dict[str, Path]
    outline: Outline
    kept: int
    interrupted: bool
    class_list: ClassList
    looked_at: Mapping[Entry, Report]
    renamed: tuple[tuple[str, str], ...] = ()


def grade(request: Request, observer: RunObserver) -> Run:
    """Grade submissions. Write each report as soon as it is there, and the gradebook at the end.

    An interrupt (`KeyboardInterrupt`) ends the grading, but not this function: the gradebook then has the
    submissions graded so far, and the same request continues from there.

    Raises:
        UsageError: the request can't be fulfilled; the message says why.
        GraderFailed: no worker could be started.
    """
    setting = setting_of(request)
    found = found_at(request.paths, request.out, request.layout, setting.names)
    for line in first_lines(found):
        observer.print_line(line)
    people = who_is_there(request, found)
    renamed = adopted(request.out, people)
    content = HandedIn(setting.names.modules)
    entries = different(people.entries, content)
    jobs, is_single = min(request.jobs, len(entries)), len(entries) == 1
    with workers(request.config, jobs, observer, request.cluster, is_single=is_single) as working:
        run = grade_round(request, setting, working, Round(people, entries, content), observer)
    return replace(run, renamed=renamed)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a course and an output folder say about a run.

    Args:
        names: what the course calls its files.
        place: where the gradebook is.
        rules: how marks follow from it.
        title: the title of the course; "" if it has none.
    """

    names: CourseNames
    place: Place
    rules: Rules
    title: str


@dataclass(frozen=True, slots=True)
class Round:
    """What is looked at once.

    Args:
        people: who is who.
        entries: the attempts that are looked at, those of one student together.
        content: returns the hash of what was handed in.
        first: at most so many are graded, the latest of what is there now first; None: all.
    """

    people: ClassList
    entries: Sequence[Entry]
    content: HandedIn
    first: int | None = None

    def order(self, to_do: Sequence[Entry], seconds: Mapping[Entry, float]) -> list[Entry]:
        """Return what is graded, in its order.

        Args:
            to_do: what has no valid report.
            seconds: how long it took to grade earlier attempts of the same student.
        """
        if self.first is not None:
            latest = sorted(to_do, key=lambda entry: -self.content.stamp(entry).newest)
            return latest[: self.first]
        usual = statistics.fmean(seconds.values()) if seconds else 0.0
        return sorted(to_do, key=lambda entry: -seconds.get(entry, usual))


def setting_of(request: Request) -> Setting:
    """Return what the course and the output folder say. Raises `UsageError`."""
    course = Path(request.config.course)
    return Setting(course_names(course), *gradebook_of(request, course))


def who_is_there(request: Request, found: Found) -> ClassList:
    """Return who is who. Raises `UsageError`."""
    return class_list(found.entries, request.roster, request.out, output_dir.reports_in(request.out))


def grade_round(
    request: Request, setting: Setting, working: Workers, this: Round, observer: RunObserver
) -> Run:
    """Grade what has no valid report, and write reports and gradebook. Raises `UsageError`."""
    store = ReportStore(output_dir.reports_in(request.out), working.context, working.outline)
    to_do = this.order(store.triage(this.entries, this.content), store.seconds)
    # A machine that can't grade is refused once, before anything is written.
    missing = working.wait_until_ready(observer) if to_do else ()
    with begin_writing(request, setting.place, this.people, observer) as ledger:
        store.ledger = ledger
        attempts = Attempts(output_dir.reports_in(request.out))
        number_in_order(attempts, this.entries, this.content)
        store.keep_earlier()
        observer.started(len(to_do) + store.kept, store.kept, working.pool.progress)
        for line in store.remarks(missing, request.out):
            observer.print_line(line)
        interrupted = False
        try:
            for done in grade_all(working.pool, to_do, setting.names.modules, attempts):
                observer.finished(store.add(done))
        except KeyboardInterrupt:
            interrupted = True
        reports = store.counting(setting.rules, [entry.name for entry in this.people.entries])
        for sentence in (*unfinished(attempts, store), *untimed(reports, setting.rules)):
            observer.print_line(sentence)
        write_overview(
            request.out, reports, working.outline.unreadable_results, ledger, setting.rules,
            this.people.missing, setting.title,
        )  # fmt: skip
        output_dir.write_or_refuse(lambda: this.people.write_matches(request.out))
    return Run(
        tuple(reports), store.paths(reports), working.outline, store.kept, interrupted, this.people,
        store.of_entry,
    )  # fmt: skip


def course_names(course: Path) -> CourseNames:
    """Return what a course calls its files, without importing the course. Raises `UsageError`."""
    try:
        require_known_names(course)
        return CourseNames(modules(course), chapters(course))
    except CourseError as error:
        raise UsageError(str(error)) from error


@contextlib.contextmanager
def begin_writing(
    request: Request, place: Place, people: ClassList, observer: RunObserver
) -> Iterator[Ledger]:
    """Lock the output folder, and open its gradebook, which then knows all reports. Raises `UsageError`."""
    output_dir.create(request.out)
    with output_dir.exclusive_lock(request.out):
        output_dir.save_run(request.out, run_file_of(request, place, people))
        with opened(request.out, place) as ledger:
            try:
                sentences = reconcile(ledger, request.out).sentences()
            except GradebookError as error:
                raise UsageError(str(error)) from error
            for sentence in sentences:
                observer.print_line(sentence)
            yield ledger


def unfinished(attempts: Attempts, store: ReportStore) -> Iterator[str]:
    """Yield what could not be read or recorded."""
    for path in attempts.unreadable:
        yield UNREADABLE_ATTEMPTS.format(path)
    if store.not_recorded:
        yield NOT_RECORDED.format(len(store.not_recorded), store.not_recorded[-1])


def untimed(reports: Sequence[Report], rules: Rules) -> Iterator[str]:
    """Yield how many submissions can't be late because nobody knows when they were handed in."""
    count = sum(one.submitted is None and one.points is not None for one in reports)
    if count and rules.deadlines and rules.policy.late_penalty:
        several = f"{count} of {len(reports)} submissions"
        yield f"Nothing tells when {several} were handed in: they count as in time."


def gradebook_of(request: Request, course: Path) -> tuple[Place, Rules, str]:
    """Return where the gradebook is, how marks follow from it, and the title. Raises `UsageError`."""
    try:
        syllabus = read(course)
        url = request.database or (syllabus.gradebook.url if syllabus else "")
        place = place_of(output_dir.read_run(request.out), url)
        return place, rules_of(course), syllabus.title if syllabus else ""
    except (CourseError, GradebookError) as error:
        raise UsageError(str(error)) from error


def opened(out: Path, place: Place) -> Ledger:
    """Open the gradebook. Raises `UsageError`."""
    try:
        return open_ledger(out, place)
    except GradebookError as error:
        raise UsageError(str(error)) from error


def run_file_of(request: Request, place: Place, people: ClassList) -> RunFile:
    """Return what later commands need to know of this run, and of earlier ones that wrote to the folder."""
    earlier = output_dir.read_run(request.out)
    source = Source(tuple(str(path.absolute()) for path in request.paths), request.layout)
    sources = tuple(dict.fromkeys([*(earlier.sources if earlier else ()), source]))
    database, book = remembered(place)
    config = request.config
    return RunFile(
        schema=1, seed=config.seed, course=config.course, sources=sources,
        submissions=tuple(sorted({entry.name for entry in people.entries})),
        device=config.device, attempts=config.attempts, data=config.data, sandbox=config.sandbox,
        book=book, database=database, missing=people.missing,
    )  # fmt: skip


def entries_at(sources: Sequence[Source], out: Path, names: CourseNames) -> list[Entry]:
    """Return the attempts that are still where runs found them; those at the places of later runs first."""
    found: list[Entry] = []
    for source in reversed(sources):
        paths = tuple(path for one in source.paths if (path := Path(one)).exists())
        with contextlib.suppress(UsageError):  # nothing is left there
            found += found_at(paths, out, source.layout, names).entries
    return found


def found_at(paths: tuple[Path, ...], out: Path, layout: str, names: CourseNames) -> Found:
    """Return the submissions to grade; the output folder is not one of them.

    Raises `UsageError`; `NothingThere`, if there is a folder, and nothing in it.
    """
    output_dir.check(out, paths)
    is_output = functools.partial(output_dir.leads_to_output, out)
    try:
        return find(paths, names, layout, leave_out=is_output)
    except EmptyClass as error:
        raise NothingThere(f"{error}.") from error
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
