"""The gradebook of one output folder: opening it, recording what was graded, and the marks that follow."""

from __future__ import annotations

import getpass
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import msgspec

from grader.course import course_toml
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import ExercisePoints, Graded, Seen
from grader.gradebook.marks import Mark, Rules, mark_of
from grader.gradebook.store import FILE, Draft, has_password, open_file, open_url, shown
from grader.reporting import output_dir, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.gradebook.events import Event
    from grader.gradebook.store import Store
    from grader.reporting.output_dir import RunFile
    from grader.reporting.report import Report

BOOK_BYTES: Final = 12
HIDDEN: Final = ":***@"
"""In the place of a password."""


@dataclass(frozen=True)
class Place:
    """Where a gradebook is: the URL of a database, and which book in it; without one, in the folder."""

    url: str = ""
    book: str = ""


@dataclass(frozen=True)
class Written:
    """A report as it lies in the folder.

    Args:
        report: the report.
        content: the content of its file.
        is_counting: whether it is the student's report that counts, not one on an earlier attempt.
    """

    report: Report
    content: bytes
    is_counting: bool = True

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"

    @property
    def key(self) -> str:
        """What makes an event on this report the same as another one."""
        return f"graded:{self.report.submission}:{self.sha256}"


class Ledger:
    """The events of one output folder. As a context manager it is closed on exit.

    Args:
        store: the open database.
        author: who records events.

    """

    def __init__(self, store: Store, author: str) -> None:
        self.store = store
        self.author = author

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.engine.dispose()

    def record(self, written: Written) -> int:
        """Record an attempt and its report; return how many events that were. Raises `GradebookError`.

        A report without points is not recorded: the submission will be graded again.
        """
        return len(self.store.append(self.drafts(written)))

    def drafts(self, written: Written, policy: str = "") -> list[Draft]:
        """Return the events that say what a report says; `policy` is that of the regrading it comes from."""
        graded, student = written.report, written.report.submission
        if graded.points is None:
            return []
        drafts = []
        seen = [event.content for event in self.store.events(student) if isinstance(event.content, Seen)]
        this = Seen(content=graded.content, number=graded.exam, submitted=graded.submitted)
        is_new = all((one.content, one.submitted) != (this.content, this.submitted) for one in seen)
        is_back = (
            written.is_counting and this.submitted is None and bool(seen) and seen[-1].content != this.content
        )
        if is_new or is_back:
            key = f"seen:{student}:{this.content}:{this.submitted}" if is_new else ""
            drafts.append(Draft(student, this, self.author, key))
        content = graded_event(written, policy)
        drafts.append(Draft(student, content, self.author, written.key))
        return drafts

    def students(self) -> tuple[str, ...]:
        """Return the names of all students that the events are about, sorted. Raises `GradebookError`."""
        return tuple(sorted({event.student for event in self.store.events() if event.student}))

    def marks(self, rules: Rules, students: Iterable[str] | None = None) -> dict[str, Mark]:
        """Return the marks of students, by default of all that there are. Raises `GradebookError`."""
        found = by_student(self.store.events())
        wanted = sorted(found) if students is None else list(students)
        return {student: mark_of(student, found.get(student, ()), rules) for student in wanted}


def by_student(events: Sequence[Event]) -> dict[str, tuple[Event, ...]]:
    """Return the events about each student, in order."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.student:
            found.setdefault(event.student, []).append(event)
    return {student: tuple(about) for student, about in found.items()}


def graded_event(written: Written, policy: str = "") -> Graded:
    """Return the event that says what a report with points says."""
    graded = written.report
    return Graded(
        content=graded.content,
        report=written.sha256,
        status=graded.status,
        exercises=tuple(
            ExercisePoints(one.module, one.name, one.points, one.max_points, one.bonus)
            for one in graded.exercises
        ),
        exam=graded.exam,
        versions=graded.versions,
        sandbox=graded.sandbox,
        provisional=graded.provisional,
        regraded=policy,
    )


def rules_of(course: Path) -> Rules:
    """Return the policy and the deadlines of a course. Raises `CourseError`."""
    syllabus = course_toml.read(course)
    if syllabus is None:
        return Rules()
    deadlines = {part.module: part.deadline for part in syllabus.sections if part.deadline is not None}
    return Rules(policy=syllabus.marks, deadlines=deadlines)


def place_of(run: RunFile | None, url: str = "") -> Place:
    """Return where the gradebook of a folder is. Raises `GradebookError`.

    Args:
        run: what is known of earlier runs.
        url: the URL that an option or the course names; "": none.

    """
    known = run.database if run is not None else ""
    if url and run is not None and run.sources and shown(url) != known:
        raise GradebookError(
            f"The gradebook of this folder is {known or FILE}, not {shown(url)}: events would be in two "
            "places."
        )
    if not url and HIDDEN in known:
        raise GradebookError(
            f"The gradebook of this folder is {known}, and no password is kept: name the URL with "
            "--gradebook, or in the environment variable GRADBOOK_GRADEBOOK."
        )
    book = (run.book if run is not None else "") or secrets.token_hex(BOOK_BYTES)
    return Place(url or known, book) if url or known else Place()


def open_ledger(out: Path, place: Place, author: str = "") -> Ledger:
    """Open the gradebook of an output folder. Raises `GradebookError`."""
    store = open_url(place.url, place.book) if place.url else open_file(out)
    return Ledger(store, author or login())


def remembered(place: Place) -> tuple[str, str]:
    """Return what `run.json` keeps of a place: the URL without its password, and the book."""
    if not place.url:
        return "", ""
    return (shown(place.url) if has_password(place.url) else place.url), place.book


def login() -> str:
    """Return the login of whoever runs this program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "unknown"


def reports_in(out: Path) -> Iterator[Written]:
    """Yield all reports in an output folder, each student's that counts after those on earlier attempts.

    Those lie in `attempts/<number>/` beside it.
    """
    for folder in sorted(output_dir.reports_in(out).glob("*")):
        earlier = [one for path in folder.glob("attempts/*") if (one := _read(path)) is not None]
        for report_, content in sorted(earlier, key=lambda one: (one[0].exam, one[0].content)):
            yield Written(report_, content, is_counting=False)
        counting = _read(folder)
        if counting is not None:
            yield Written(*counting)


def _read(folder: Path) -> tuple[Report, bytes] | None:
    """Return the report in a folder with the content of its file; None if there is none that can be read."""
    try:
        content = (folder / report.FILE).read_bytes()
        return msgspec.json.decode(content, type=report.Report), content
    except (OSError, msgspec.MsgspecError):
        return None
