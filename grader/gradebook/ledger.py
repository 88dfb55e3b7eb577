"""The gradebook of one output folder: opening it, recording what was graded, and the marks that follow."""

from __future__ import annotations

import getpass
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

import msgspec

from grader.course import course_toml
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Event, ExercisePoints, Graded, Renamed, Seen
from grader.gradebook.marks import Mark, Rules, handed_in, mark_of
from grader.gradebook.store import FILE, Draft, has_password, open_file, open_url, shown
from grader.records.inert_text import inert_line
from grader.reporting import output_dir, report
from grader.reporting.attempt_folders import ATTEMPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

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
        is_counting: whether it is the student's report that counts, not one on another attempt.
        was: what the student was called when it was written, if that was another name.
    """

    report: Report
    content: bytes
    is_counting: bool = True
    was: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"

    @property
    def key(self) -> str:
        """What makes an event on this report the same as another one."""
        return self.key_of(self.report.submission)

    def key_of(self, student: str) -> str:
        """Return the key of an event on this report for a student of this name."""
        return f"graded:{student}:{self.sha256}"


class Ledger:
    """The events of one output folder. As a context manager it is closed on exit.

    Args:
        store: the open database.
        author: who records events.

    Attributes:
        groups: the group of each of its members, whose mark follows from the group's attempts and from what
            is decided about the member.

    """

    def __init__(self, store: Store, author: str) -> None:
        self.store = store
        self.author = author
        self.groups: Mapping[str, str] = {}

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
        if _pair(graded) not in _seen(self.events(student)):
            drafts.append(self._seen_draft(graded))
        content = graded_event(written, policy)
        drafts.append(Draft(student, content, self.author, written.key))
        return drafts

    def record_order(self, handed_in_now: Mapping[str, Sequence[Report]]) -> None:
        """Record what students handed in, graded or not, in its order. Raises `GradebookError`.

        Where times don't tell, what is handed in now is later than all else.

        Args:
            handed_in_now: the reports on each student's attempts, the first one first.

        """
        drafts: list[Draft] = []
        about = by_student(self.store.events())
        for student, every in handed_in_now.items():
            attempts = [one for one in every if one.content]
            events = about.get(student, ())
            known = _seen(events)
            new = [self._seen_draft(one) for one in attempts if _pair(one) not in known]
            order = handed_in([*events, *numbered(new, events)])
            wanted = [one.content for one in attempts]
            is_timed = all(one.submitted is not None for one in attempts)
            if not is_timed and order[len(order) - len(wanted) :] != wanted:
                new = [self._seen_draft(one, is_back=True) for one in attempts]
            drafts += new
        self.store.append(drafts)

    def _seen_draft(self, one: Report, *, is_back: bool = False) -> Draft:
        this = Seen(content=one.content, number=one.exam, submitted=one.submitted)
        key = "" if is_back else f"seen:{one.submission}:{one.content}:{one.submitted}"
        return Draft(one.submission, this, self.author, key)

    def events(self, student: str) -> tuple[Event, ...]:
        """Return the events about a student, also under earlier names, and about their group, in order.

        Raises `GradebookError`.
        """
        renamings = self.store.events(kind="renamed")
        names = {student, self.groups.get(student, student)}
        for event in reversed(renamings):
            if event.student in names and isinstance(event.content, Renamed):
                names.add(event.content.before)
        every = {event.id: event for event in renamings}
        every |= {event.id: event for name in names for event in self.store.events(name)}
        return self._about(student, by_student([every[number] for number in sorted(every)]))

    def _about(self, student: str, found: Mapping[str, Sequence[Event]]) -> tuple[Event, ...]:
        """Return the events about a student and their group, of those about everybody."""
        group = self.groups.get(student, student)
        every = {event.id: event for name in (student, group) for event in found.get(name, ())}
        return tuple(every[number] for number in sorted(every))

    def students(self) -> tuple[str, ...]:
        """Return the names of all students that the events are about, sorted. Raises `GradebookError`."""
        return tuple(sorted({*by_student(self.store.events()), *self.groups}))

    def marks(self, rules: Rules, students: Iterable[str] | None = None) -> dict[str, Mark]:
        """Return the marks of students, by default of all that there are. Raises `GradebookError`."""
        found = by_student(self.store.events())
        wanted = sorted({*found, *self.groups}) if students is None else list(students)
        return {student: mark_of(student, self._about(student, found), rules) for student in wanted}


def by_student(events: Sequence[Event]) -> dict[str, tuple[Event, ...]]:
    """Return the events about each student, by the present name, in order."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event.content, Renamed):
            earlier = found.pop(event.content.before, [])
            found[event.student] = [*earlier, *found.get(event.student, [])]
        if event.student:
            found.setdefault(event.student, []).append(event)
    return {student: tuple(sorted(about, key=lambda event: event.id)) for student, about in found.items()}


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


def _pair(one: Report | Seen) -> tuple[str, datetime | None]:
    """Return what tells an attempt from others: what was handed in, and when."""
    return one.content, one.submitted


def _seen(events: Iterable[Event]) -> set[tuple[str, datetime | None]]:
    return {_pair(event.content) for event in events if isinstance(event.content, Seen)}


def numbered(drafts: Sequence[Draft], after: Sequence[Event]) -> list[Event]:
    """Return what drafts become if they are recorded after other events."""
    last, now = (after[-1].id if after else 0), datetime.now().astimezone()
    return [
        Event(id=number, time=now, author=one.author, student=one.student, content=one.content)
        for number, one in enumerate(drafts, start=last + 1)
    ]


def reports_in(out: Path) -> Iterator[Written]:
    """Yield all reports in an output folder, each student's in the order of their exams.

    A report is its folder's student's, also if that was called otherwise when it was written.
    """
    for folder in sorted(output_dir.reports_in(out).glob("*")):
        found = []
        for path in (folder, *folder.glob(f"{ATTEMPTS}/*")):
            one = _read(path)
            if one is not None:
                found.append(Written(*one, is_counting=path == folder))
        for written in sorted(found, key=lambda one: (one.report.exam, one.report.content)):
            was = written.report.submission
            if was == inert_line(folder.name):
                yield written
            else:
                renamed = msgspec.structs.replace(written.report, submission=folder.name)
                yield Written(renamed, written.content, written.is_counting, was)


def _read(folder: Path) -> tuple[Report, bytes] | None:
    """Return the report in a folder with the content of its file; None if there is none that can be read."""
    try:
        content = (folder / report.FILE).read_bytes()
        return msgspec.json.decode(content, type=report.Report), content
    except (OSError, msgspec.MsgspecError):
        return None
