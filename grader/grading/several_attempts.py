"""The attempts of one student in a run: in order, and each content once."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from grader.students import Student
from grader.submissions import Unreadable, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from grader.reporting.attempts import Attempts
    from grader.reporting.report import Report
    from grader.submissions import Entry

    ContentOf = Callable[[Entry], str]


def different(entries: Sequence[Entry], content_of: ContentOf) -> list[Entry]:
    """Return attempts without those that hand in again what their student had handed in.

    Of equal ones that follow each other the first counts, which is not as late. Where something else was
    handed in between, the later one does.

    Args:
        entries: attempts, those of a student together and oldest first.
        content_of: returns the hash of what was handed in; "" if it can't be read.
    """
    kept: list[Entry] = []
    for own in _by_student(entries):
        contents: list[tuple[str, Entry]] = []
        for entry in own:
            content = content_of(entry) if len(own) > 1 else ""
            if content and contents and contents[-1][0] == content:
                continue
            contents = [one for one in contents if not content or one[0] != content]
            contents.append((content, entry))
        kept += [entry for _, entry in contents]
    return kept


def number_in_order(attempts: Attempts, entries: Sequence[Entry], content_of: ContentOf) -> None:
    """Give the attempts of students with several their numbers, before they are graded in any order.

    Where that fails, the attempt fails when it is graded, with the reason.
    """
    for own in _by_student(entries):
        for entry in own if len(own) > 1 else ():
            content = content_of(entry)
            with contextlib.suppress(OSError):
                if content:
                    attempts.number(entry.name, content)


def find(reports: Sequence[Report], entries: Sequence[Entry], modules: frozenset[str]) -> list[Entry | None]:
    """Return what each report is about, as an attempt of its student; None if it isn't there, or was changed.

    What was handed in tells, whatever it is called now.
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries if reports else ():
        found.setdefault(content_of(entry, modules), []).append(entry)
    made: list[Entry | None] = []
    for one in reports:
        same = found.get(one.content, []) if one.content else []
        own = [entry for entry in same if entry.name == one.submission]
        there = next(iter([*own, *same]), None)
        if there is not None:
            student = Student(one.submission, one.student, one.members)
            there = replace(there, student=student, submitted=one.submitted, late=one.late)
        made.append(there)
    return made


def content_of(entry: Entry, modules: frozenset[str]) -> str:
    """Return the hash of a submission's content as its report has it; "" if it can't be collected."""
    try:
        return hashed(fingerprint(entry, modules))
    except (Unreadable, OSError):
        return ""


def hashed(sha256: str) -> str:
    """Return a hash as it is written to a report."""
    return f"sha256:{sha256}" if sha256 else ""


def _by_student(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    return (list(own) for _, own in groupby(entries, key=lambda entry: entry.name))
