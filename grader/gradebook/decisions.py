"""What a person decides about students: adjustments, extensions and excuses, one or a CSV of them.

All of a command's decisions are checked first, then recorded together or not at all.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.unknown_names import advice
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import (
    DECISIONS,
    TOTAL,
    Adjustment,
    Content,
    Excuse,
    Extension,
    Undo,
    exercise_key,
    in_force,
)
from grader.gradebook.ledger import numbered
from grader.gradebook.marks import mark_of
from grader.gradebook.store import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from grader.gradebook.events import Event
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.marks import Mark, Rules

STUDENT: Final = "student"
LONGEST: Final = 366
"""Days; more is a typing error."""
MOST_POINTS: Final = 100_000


class Row(msgspec.Struct, frozen=True):
    """What is asked for one student: the fields of a command's options, or of a row of its CSV.

    Args:
        student: the name of the student's row and folder.
        fields: the values by name; "" and missing ones were not given.
        where: the place in the CSV, as the beginning of a message; "" for options.

    """

    student: str
    fields: Mapping[str, str]
    where: str = ""

    def get(self, name: str) -> str:
        """Return a value without spaces around it; "" if it was not given."""
        return self.fields.get(name, "").strip()

    def error(self, message: str) -> GradebookError:
        """Return the error about this row."""
        return GradebookError(f"{self.where}{message}")


class Known(msgspec.Struct, frozen=True):
    """What a decision may be about.

    Args:
        students: the names of all students.
        exercises: `module.name` of each exercise, and the names of written answers, with their points.
        sections: the modules of the sections, and the names of written answers.
        allow_unseen: whether a decision may be about somebody who has not handed in anything.

    """

    students: tuple[str, ...]
    exercises: Mapping[str, float]
    sections: tuple[str, ...]
    allow_unseen: bool = False


class Effect(msgspec.Struct, frozen=True):
    """What a decision does to a mark: before and after."""

    student: str
    before: float | None
    after: float | None


def rows_in(path: Path, columns: Collection[str]) -> list[Row]:
    """Return the rows of a CSV. Raises `GradebookError`, with the line, if anything in it is not understood.

    Args:
        path: the file: UTF-8 or Windows' own encoding, with commas, semicolons or tabs.
        columns: the columns that the command knows besides `student`.

    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GradebookError(f"{path} can't be read: {error.strerror}.") from error
    text = _text(content)
    if "\0" in text:
        raise GradebookError(f"{path} is not a table of text: save it as CSV, in UTF-8.")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        table = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise GradebookError(f"{path}, line {reader.line_num}: {error}.") from error
    table = [(line, cells) for line, cells in table if any(cells)]
    if not table:
        raise GradebookError(f"{path} is empty: it needs a first line with the columns' names.")
    heading = [name.lower() for name in table[0][1]]
    _require_columns(path, heading, columns)
    rows = []
    for line, cells in table[1:]:
        if len(cells) > len(heading):
            raise GradebookError(
                f"{path}, line {line}: it has {len(cells)} cells, and there are {len(heading)} columns. A "
                "cell with a comma in it needs quotes."
            )
        fields = dict(zip(heading, cells, strict=False))
        rows.append(Row(fields[STUDENT].removeprefix("'"), fields, f"{path}, line {line}: "))
    if not rows:
        raise GradebookError(f"{path} has no rows below its columns' names.")
    return rows


def drafts_for(
    rows: Sequence[Row], known: Known, author: str, made: Callable[[Row, Known], Content]
) -> list[Draft]:
    """Return the events to record for these rows. Raises `GradebookError` for the first that is wrong.

    Args:
        rows: what is asked for.
        known: what there is.
        author: who decides.
        made: makes the content of an event from a row.

    """
    drafts = []
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        if not row.student:
            raise row.error("there is no student in it.")
        if row.student not in known.students and not known.allow_unseen:
            raise row.error(
                f"there is no student {row.student}{advice([row.student], known.students)} Somebody who "
                "has not handed in anything yet needs --unseen."
            )
        if not row.get("reason"):
            raise row.error(f"why? {row.student} has no reason.")
        content = made(row, known)
        same = (row.student, _subject(content))
        if same in seen:
            about = f" ({same[1]})" if same[1] else ""
            raise row.error(f"{row.student}{about} is there twice, before in {seen[same]}.")
        seen[same] = row.where.rpartition(", ")[2].rstrip(": ") or "the same command"
        drafts.append(Draft(row.student, content, author))
    return drafts


def adjustment(row: Row, known: Known) -> Adjustment:
    """Return the adjustment that a row asks for. Raises `GradebookError`."""
    added, put = row.get("add"), row.get("set")
    if bool(added) == bool(put):
        raise row.error(f"{row.student} needs one of add and set: points to add, or the new points.")
    points = _number(row, "add" if added else "set", added or put)
    exercise = _named(row, "exercise", known.exercises)
    if put and points < 0:
        raise row.error(f"set must be 0 or more, and is {points:g}.")
    most = known.exercises.get(exercise, MOST_POINTS)
    if put and points > most:
        raise row.error(f"{exercise} has {most:g} points, and set is {points:g}.")
    return Adjustment(
        reason=row.get("reason"), exercise=exercise, how="add" if added else "set", points=points,
        comment=row.get("comment"),
    )  # fmt: skip


def extension(row: Row, known: Known) -> Extension:
    """Return the extension that a row asks for. Raises `GradebookError`."""
    until, days = row.get("until"), row.get("days")
    if bool(until) == bool(days):
        raise row.error(f"{row.student} needs one of until and days: the new deadline, or days more.")
    section = _named(row, "section", known.sections)
    if until:
        return Extension(reason=row.get("reason"), until=_moment(row, until), section=section)
    number = _number(row, "days", days)
    if not 0 < number <= LONGEST:
        raise row.error(f"days must be above 0 and at most {LONGEST}, and is {number:g}.")
    return Extension(reason=row.get("reason"), days=number, section=section)


def excuse(row: Row, known: Known) -> Excuse:
    """Return the excuse that a row asks for. Raises `GradebookError`."""
    return Excuse(reason=row.get("reason"), section=_named(row, "section", known.sections))


def undo(events: Sequence[Event], number: int, reason: str, author: str) -> Draft:
    """Return the event that takes an earlier decision back. Raises `GradebookError`."""
    found = next((event for event in events if event.id == number), None)
    if found is None:
        raise GradebookError(f"There is no event {number}: `grader history STUDENT` lists them.")
    if not isinstance(found.content, DECISIONS):
        raise GradebookError(
            f"Event {number} is no decision ({type(found.content).__name__.lower()}): only adjustments, "
            "extensions and excuses can be undone."
        )
    if found not in in_force(tuple(events)):
        raise GradebookError(f"Event {number} was undone already.")
    if not reason.strip():
        raise GradebookError("Why? Undoing needs a reason, too.")
    return Draft(found.student, Undo(reason=reason.strip(), event=number), author)


def effects(ledger: Ledger, drafts: Sequence[Draft], rules: Rules) -> Iterator[Effect]:
    """Yield what events would do to each student's mark, without recording them. Raises `GradebookError`."""
    for student in dict.fromkeys(draft.student for draft in drafts):
        events = ledger.events(student)
        future = numbered([draft for draft in drafts if draft.student == student], events)
        before, after = mark_of(student, events, rules), mark_of(student, [*events, *future], rules)
        yield Effect(student, _as_float(before), _as_float(after))


def known_in(ledger: Ledger, names: Collection[str], rules: Rules, *, allow_unseen: bool) -> Known:
    """Return what decisions may be about. Raises `GradebookError`.

    Args:
        ledger: the gradebook.
        names: students who are known from elsewhere: the folders of reports.
        rules: the policy, with the written answers, and the deadlines.
        allow_unseen: whether a decision may be about somebody who has not handed in anything.

    """
    marks = ledger.marks(rules)
    exercises = {
        exercise_key(one.module, one.name): one.max_points
        for mark in marks.values()
        for attempt in mark.attempts
        for one in attempt.graded.exercises
    }
    modules = dict.fromkeys([*(key.partition(".")[0] for key in exercises), *rules.deadlines])
    written = dict(rules.policy.written)
    return Known(tuple(sorted({*marks, *names})), exercises | written, (*modules, *written), allow_unseen)


def _as_float(mark: Mark) -> float | None:
    return None if mark.value is None else float(mark.value)


def _subject(content: Content) -> str:
    """Return what of a student a decision is about."""
    if isinstance(content, Adjustment):
        return content.exercise
    return content.section if isinstance(content, Extension | Excuse) else ""


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _require_columns(path: Path, heading: Sequence[str], columns: Collection[str]) -> None:
    allowed = [STUDENT, *columns]
    if STUDENT not in heading:
        raise GradebookError(
            f"{path} has no column {STUDENT}: its first line is {', '.join(heading)!r}. The columns are: "
            f"{', '.join(allowed)}."
        )
    unknown = [name for name in heading if name and name not in allowed]
    if unknown:
        raise GradebookError(
            f"{path} has a column {unknown[0]}{advice([unknown[0]], allowed)} The columns are: "
            f"{', '.join(allowed)}."
        )
    twice = [name for name in heading if name and heading.count(name) > 1]
    if twice:
        raise GradebookError(f"{path} has the column {twice[0]} twice.")


def _named(row: Row, field: str, known: Collection[str]) -> str:
    """Return the full name of an exercise or section that a row names; "" if it names none."""
    name = row.get(field)
    if not name or name in known:
        return name or TOTAL
    full = [one for one in known if one.rpartition(".")[2] == name]
    if len(full) == 1:
        return full[0]
    if full:
        raise row.error(f"{field} {name} can be {' or '.join(full)}: write one of them.")
    raise row.error(f"there is no {field} {name}{advice([name], list(known))}")


def _number(row: Row, field: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise row.error(f"{field} must be a number with a decimal point, and is {text!r}.") from None
    if not (math.isfinite(number) and abs(number) <= MOST_POINTS):
        raise row.error(f"{field} is {text}, which can't be meant.")
    return number


def _moment(row: Row, text: str) -> datetime:
    """Return a date-time; without an offset from UTC it is in this machine's time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise row.error(
            f"until must be a date and time such as 2026-12-08T23:59+01:00, and is {text!r}."
        ) from None
    if "T" not in text and " " not in text:
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment.astimezone()
