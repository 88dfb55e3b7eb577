"""Fill in marks: whose they are, what changes, what has to stay out, and the file that is handed back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.exchange.decimals import STEP, number_in, rounded, written
from grader.exchange.errors import ExchangeError
from grader.exchange.joining import joined, same_keys
from grader.submissions.contents import shown
from grader.submissions.layouts.layout import count, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from grader.exchange.gradesheet import Entry, Gradesheet, System
    from grader.gradebook.marks import Mark
    from grader.reporting.gradebook import Row

MANY: Final = 10
"""Names that a line shows."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What was asked for.

    Args:
        scale: whether marks are scaled to the points of the column.
        skip_open: whether students whose marks are open are left out.
        skip_unmatched: whether students who are only in the gradebook, or only in the template, are left out.
    """

    scale: bool = False
    skip_open: bool = False
    skip_unmatched: bool = False


@dataclass(frozen=True)
class Change:
    """A mark that the system does not have yet: what it has now, and what it gets."""

    entry: Entry
    value: Fraction
    text: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is handed back.

    Args:
        content: the bytes of the file; b"" if nothing changes.
        changes: the marks that change.
        same: how many marks are the same already.
        unmarked: the students without a mark: they handed nothing in, or are excused.
        left_out: the students whose marks were left out, with the reason.
        by_name: the students who were found by name alone.
        notes: further sentences for the instructor.
    """

    content: bytes
    changes: tuple[Change, ...]
    same: int
    unmarked: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    by_name: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """Who is who: the entry of each row of the gradebook, and who is in only one of both."""

    pairs: tuple[tuple[Row, Entry], ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    by_name: tuple[str, ...]


def export(
    system: System, sheet: Gradesheet, rows: Sequence[Row], marks: Mapping[str, Mark], choices: Choices
) -> Export:
    """Return what is handed back to a system. Nothing is written.

    Args:
        system: the system.
        sheet: what it exported.
        rows: the rows of the gradebook.
        marks: the marks, by the names of rows.
        choices: what was asked for.

    Raises:
        ExchangeError: something would be lost or misread, or has to be decided first.
    """
    template = sheet.template
    _require_codec(system, sheet)
    matched = matches(sheet, rows)
    _require_matched(matched, template.name, marks, choices)
    still_open = [
        row.name for row, _ in matched.pairs if marks[row.name].is_open and marks[row.name].value is None
    ]
    if still_open and not choices.skip_open:
        raise ExchangeError(
            f"Points of {count(len(still_open), 'mark')} are open: {some(still_open, MANY)}. Enter them, or "
            "leave these students out with --skip-open."
        )
    left_out = [(name, "points of the mark are open") for name in still_open]
    if choices.skip_unmatched:
        left_out += [(name, f"not in {template.name}") for name in matched.only_here]
        left_out += [(name, "not in the gradebook") for name in matched.only_there]
    _require_scale(sheet, [marks[row.name] for row, _ in matched.pairs], choices)
    changes, same, unmarked = [], 0, []
    for row, entry in matched.pairs:
        mark = marks[row.name]
        if mark.value is None:
            unmarked += [row.name] if row.name not in still_open else []
            continue
        value = value_for(mark, sheet, scale=choices.scale)
        if entry.locked:
            left_out.append((row.name, entry.locked))
        elif number_in(entry.now, sheet.mark) == value:
            same += 1
        else:
            changes.append(Change(entry, value, written(value, sheet.mark)))
    _require_taken(system, sheet, changes)
    content = _content(system, sheet, changes) if changes else b""
    return Export(
        content=content, changes=tuple(changes), same=same, unmarked=tuple(unmarked),
        left_out=tuple(left_out), by_name=matched.by_name, notes=tuple(_notes(sheet, changes, marks,
    choices)) )  # fmt: skip


def matches(sheet: Gradesheet, rows: Sequence[Row]) -> Matched:
    """Return who is who in a gradebook and a table of marks."""
    found = joined(rows, [entry.identity for entry in sheet.entries])
    pairs = [
        (row, sheet.entries[number]) for row, number in zip(rows, found, strict=True) if number is not None
    ]
    here = {row.name for row, _ in pairs}
    there = {entry.record for _, entry in pairs}
    return Matched(
        tuple(pairs),
        tuple(row.name for row in rows if row.name not in here),
        tuple(entry.identity.called for entry in sheet.entries if entry.record not in there),
        tuple(row.name for row, entry in pairs if not same_keys(row, entry.identity)),
    )


def value_for(mark: Mark, sheet: Gradesheet, *, scale: bool) -> Fraction:
    """Return the mark that a column gets, rounded once.

    It is the mark of the gradebook. Only if that has more than two decimals, or is scaled, the exact sum is
    rounded in its place.
    """
    exact = mark.unrounded if mark.unrounded is not None else mark.value
    value = mark.value
    if value is None or exact is None:
        raise ExchangeError(f"{mark.student} has no mark.")
    if scale and sheet.out_of is not None and mark.out_of != sheet.out_of:
        if not mark.out_of:
            raise ExchangeError(f"The mark of {mark.student} is out of no points, and can't be scaled.")
        return rounded(exact * sheet.out_of / mark.out_of)
    return value if value % STEP == 0 else rounded(exact)


def _require_codec(system: System, sheet: Gradesheet) -> None:
    template = sheet.template
    if template.encoding.codec not in system.codecs:
        raise ExchangeError(
            f"{template.name} is in {template.encoding.codec}, which {system.title} doesn't read, so it was "
            "saved by something else. Download it again, and don't open it in a spreadsheet."
        )
    keys = Counter(entry.key for entry in sheet.entries)
    twice = [key for key, number in keys.items() if number > 1]
    if not sheet.entries:
        raise ExchangeError(f"{template.name} has no students in it.")
    if twice or "" in keys:
        lines = [
            template.records[one.record].line for one in sheet.entries if keys[one.key] > 1 or not one.key
        ]
        raise ExchangeError(
            f"{template.name}: {system.title} could not tell who the lines {some(list(map(str, lines)))} are "
            "about."
        )


def _require_matched(matched: Matched, name: str, marks: Mapping[str, Mark], choices: Choices) -> None:
    if not matched.pairs:
        raise ExchangeError(
            f"Nobody in {name} is in the gradebook: it is another course's, or the students' ids are missing "
            "here (`grader grade --roster FILE` gives them)."
        )
    if choices.skip_unmatched:
        return
    lost = [
        one
        for one in matched.only_here
        if marks[one].attempts or marks[one].is_open or marks[one].value is not None
    ]
    problems = []
    if lost:
        problems.append(f"{_are(lost, 'student', ' of the gradebook')} not in it: {some(lost, MANY)}")
    if matched.only_there:
        others = matched.only_there
        problems.append(f"{_are(others, 'student', ' in it')} not in the gradebook: {some(others, MANY)}")
    if problems:
        raise ExchangeError(
            f"{name}: {'; '.join(problems)}. Grade with --roster FILE, which knows who handed nothing in, or "
            "leave them out with --skip-unmatched."
        )


def _are(names: Sequence[str], what: str, which: str) -> str:
    """Return how many there are, as the beginning of a sentence: "1 student in it is"."""
    return f"{count(len(names), what)}{which} {'is' if len(names) == 1 else 'are'}"


def _require_scale(sheet: Gradesheet, marks: Sequence[Mark], choices: Choices) -> None:
    if choices.scale and sheet.out_of is None:
        raise ExchangeError(
            f"--scale: the column {sheet.title} doesn't say how many points it has, so that marks can't be "
            "scaled."
        )
    if choices.scale or sheet.out_of is None:
        return
    others = sorted(
        {mark.out_of for mark in marks if mark.value is not None and mark.out_of} - {sheet.out_of}
    )
    if others:
        ours = " or ".join(f"{float(one):g}" for one in others[:3])
        raise ExchangeError(
            f"Marks are out of {ours} points, and the column {sheet.title} has {float(sheet.out_of):g}. "
            "Change the points there, or scale the marks with --scale."
        )


def _require_taken(system: System, sheet: Gradesheet, changes: Sequence[Change]) -> None:
    if not system.caps or sheet.out_of is None:
        return
    above = [f"{one.entry.identity.called} ({one.text})" for one in changes if one.value > sheet.out_of]
    if above:
        raise ExchangeError(
            f"{system.title} {system.caps} ({float(sheet.out_of):g}), and these are above it: "
            f"{some(above, MANY)}."
        )


def _content(system: System, sheet: Gradesheet, changes: Sequence[Change]) -> bytes:
    """Return the file, which was read back by the rules of the importer. Raises `ExchangeError`."""
    template = sheet.template
    texts = {change.entry.record: change.text for change in changes}
    records = []
    for number, record in enumerate(template.records):
        if number in texts:
            records.append(record.changed(sheet.column, texts[number], template.separator))
        elif number < sheet.head or not system.takes_part:
            records.append(record)
    content = template.written(records, sheet.kept if system.takes_part else None)
    expected = {change.entry.key: change.value for change in changes}
    read_back = system.imported(content, sheet)
    different = [key for key, value in expected.items() if read_back.get(key) != value]
    if different or (system.takes_part and read_back.keys() != expected.keys()):
        raise ExchangeError(
            f"{system.title} would read other marks than were to be written. Please report this."
        )
    return content


def _notes(
    sheet: Gradesheet, changes: Sequence[Change], marks: Mapping[str, Mark], choices: Choices
) -> Iterator[str]:
    overwritten = sum(number_in(change.entry.now, sheet.mark) is not None for change in changes)
    if overwritten:
        yield f"{count(overwritten, 'mark')} in {shown(sheet.title)} will be replaced."
    if choices.scale and sheet.out_of is not None:
        yield f"Marks are scaled to {float(sheet.out_of):g} points, then rounded to 0.01, halves upwards."
    elif any(mark.value is not None and mark.value % STEP for mark in marks.values()):
        yield "Marks are rounded to 0.01, halves upwards."
