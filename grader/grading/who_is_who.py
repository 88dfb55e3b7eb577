"""Who is who in a run: the students of the roster in what was handed in, and the folders of their reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from grader.reporting import matches, report
from grader.reporting.matches import Match, MatchesError
from grader.reporting.output_dir import UsageError
from grader.students import roster as rosters
from grader.students.matching import called, key_of, match, sought, suggestions
from grader.students.roster import RosterError
from grader.submissions.contents import shown
from grader.submissions.layouts.layout import count, some
from grader.submissions.naming import names_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.students import Identity, Student
    from grader.students.roster import Listed
    from grader.submissions import Entry, Part

MANY: Final = 20
"""Names of missing students that a line shows."""


@dataclass(frozen=True, slots=True)
class ClassList:
    """Who handed in, and who didn't.

    Args:
        entries: the attempts, with what the roster says of their students.
        missing: the students of the roster who handed nothing in.
        strangers: the submissions that belong to nobody in the roster.
        matches: who these may be from, and what a person confirmed.
        was: the names that students had before the roster told who they are, by their names now.
        listed: how many students the roster has; None without one.
    """

    entries: tuple[Entry, ...]
    missing: tuple[Identity, ...] = ()
    strangers: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    was: Mapping[str, str] = field(default_factory=dict)
    listed: int | None = None

    def lines(self, out: Path) -> Iterator[str]:
        """Yield what an instructor should know of the class."""
        if self.listed is None:
            return
        yield f"Roster: {count(self.listed, 'student')}, of whom {len(self.missing)} handed nothing in."
        if self.missing:
            yield f"  Nothing from {some([one.called for one in self.missing], MANY)}."
        if self.strangers:
            verb = "belongs" if len(self.strangers) == 1 else "belong"
            how_many = count(len(self.strangers), "submission")
            yield f"  {how_many} {verb} to nobody in it: {some(self.strangers, MANY)}."
        likely = [one for one in self.matches if not one.is_confirmed]
        for one in likely[:MANY]:
            yield f"  {shown(one.submission)} may be {shown(one.name or one.student)} ({one.score} of 100)."
        if likely:
            yield f"  Confirm with yes in {out / matches.FILE}, or with: grader match {out}"

    def write_matches(self, out: Path) -> None:
        """Write who submissions may be from, if there is a roster to tell. Raises `OSError`."""
        if self.listed is not None and (self.matches or (out / matches.FILE).exists()):
            matches.write(out, self.matches)


def class_list(entries: Sequence[Entry], roster: Path | None, out: Path, folder: Path) -> ClassList:
    """Return who is who. Nothing is written.

    Args:
        entries: what was handed in, the attempts of one student together.
        roster: the file with the roster; None without one.
        out: the output folder, with what a person confirmed.
        folder: the folder with the reports of earlier runs.

    Raises:
        UsageError: the roster, or what was confirmed, can't be used.
    """
    if roster is None:
        return ClassList(_apart(entries, folder))
    try:
        listed = rosters.read(roster.read_bytes(), str(roster))
        known = matches.read(out)
        confirmed = matches.confirmed_in(known, out / matches.FILE)
        found = _with_roster(entries, listed, known, _resolved(confirmed, listed, out))
    except OSError as error:
        raise UsageError(f"The roster {str(roster)!r} can't be read: {error.strerror}.") from error
    except (RosterError, MatchesError) as error:
        raise UsageError(str(error)) from error
    return replace(found, entries=_apart(found.entries, folder))


def adopt(folder: Path, was: Mapping[str, str]) -> list[tuple[str, str]]:
    """Rename the folders of students whose names are known by now; return the old and the new names.

    A folder is renamed as a whole, and only where there is none of the new name. Raises `OSError`.
    """
    renamed = []
    for name, before in was.items():
        if before not in was and (folder / before).is_dir() and not (folder / name).exists():
            (folder / before).rename(folder / name)
            renamed.append((before, name))
    return renamed


def _with_roster(
    entries: Sequence[Entry],
    listed: Sequence[Listed],
    known: Sequence[Match],
    confirmed: Mapping[str, Listed],
) -> ClassList:
    students = list(dict.fromkeys(entry.student for entry in entries))
    groups = {student.name: _members(student, listed) for student in students}
    people = [
        (student, person)
        for student in students
        for person in groups[student.name] or (sought(student.name, student.identity),)
    ]
    found = match([person for _, person in people], listed)
    who: dict[str, list[tuple[Identity, Listed | None]]] = {}
    for (student, person), one in zip(people, found, strict=True):
        chosen = one if groups[student.name] else confirmed.get(student.name, one)
        who.setdefault(student.name, []).append((person, chosen))
    identified = {
        student.name: _identified(student, who[student.name], bool(groups[student.name]))
        for student in students
    }
    strangers = [name for name, own in who.items() if all(one is None for _, one in own)]
    handed_in = {one.line for own in who.values() for _, one in own if one is not None}
    missing = [one for one in listed if one.line not in handed_in]
    merged, was = _merged(
        entries, identified, {name: own[0][1] for name, own in who.items() if len(own) == 1}
    )
    kept = [one for one in known if one.is_confirmed]
    likely = [
        Match(name, key_of(one.listed.identity), one.listed.identity.name, str(one.score))
        for name in strangers
        if not groups[name]
        for one in suggestions(name, missing)
    ]
    return ClassList(
        merged,
        tuple(one.identity for one in missing),
        tuple(strangers),
        (*kept, *likely),
        was,
        len(listed),
    )


def _resolved(confirmed: Mapping[str, str], listed: Sequence[Listed], out: Path) -> dict[str, Listed]:
    """Return the student of the roster of each submission that a person confirmed. Raises `MatchesError`."""
    found = {}
    for submission, student in confirmed.items():
        ones = called(student, listed)
        if len(ones) != 1:
            how_many = "nobody" if not ones else f"{len(ones)} students"
            raise MatchesError(
                f"{str(out / matches.FILE)!r} says that {submission} is {student}, and that is {how_many} in "
                "the roster."
            )
        found[submission] = ones[0]
    return found


def _members(student: Student, listed: Sequence[Listed]) -> tuple[Identity, ...]:
    """Return the members of a group, as the layout says or the roster does; () if it is no group."""
    label = (student.identity.name or student.name).casefold()
    of_group = tuple(one.identity for one in listed if one.group and one.group.casefold() == label)
    return student.members or of_group


def _identified(
    student: Student,
    who: Sequence[tuple[Identity, Listed | None]],
    is_group: bool,  # noqa: FBT001
) -> Student:
    if is_group:
        members = tuple(person.updated(one.identity) if one else person for person, one in who)
        return msgspec.structs.replace(student, members=members)
    one = who[0][1]
    return (
        msgspec.structs.replace(student, identity=student.identity.updated(one.identity)) if one else student
    )


def _merged(
    entries: Sequence[Entry], identified: Mapping[str, Student], who: Mapping[str, Listed | None]
) -> tuple[tuple[Entry, ...], dict[str, str]]:
    """Return the entries, those of one student together, and the earlier names of students with a new one."""
    of_person: dict[object, list[Entry]] = {}
    for entry in entries:
        one = who.get(entry.name)
        of_person.setdefault(one.line if one else entry.name, []).append(entry)
    labels = [_labels(own[0], who.get(own[0].name)) for own in of_person.values()]
    names = names_for(labels)
    merged: list[Entry] = []
    was: dict[str, str] = {}
    for name, own_labels, own in zip(names, labels, of_person.values(), strict=True):
        student = msgspec.structs.replace(identified[own[0].name], name=name)
        is_scattered = len({entry.name for entry in own}) > 1 and not any(
            entry.student.identity.is_known for entry in own
        )
        attempts = [_as_one(own)] if is_scattered else own
        merged += [replace(entry, student=student, labels=own_labels) for entry in attempts]
        if name != own[0].name:
            was[name] = own[0].name
    return tuple(merged), was


def _labels(entry: Entry, one: Listed | None) -> tuple[str, ...]:
    if one is None:
        return (entry.name, *entry.labels)
    name, key = one.identity.called, key_of(one.identity)
    return (name,) if name == key else (name, f"{name}-{key}")


def _as_one(entries: Sequence[Entry]) -> Entry:
    """Return the files of a student, which lie in several places and have no times, as one attempt."""
    parts: list[Part] = [
        replace(part, name=part.name or part.path.name) for entry in entries for part in entry.parts
    ]
    return replace(entries[0], parts=tuple(parts))


def _apart(entries: Sequence[Entry], folder: Path) -> tuple[Entry, ...]:
    """Return the entries; no student has the name of a folder with reports on somebody else of that name."""
    own = [(student, list(group)) for student, group in groupby(entries, key=lambda entry: entry.student)]
    labels = []
    for student, group in own:
        earlier = report.read(folder / student.name)
        is_other = earlier is not None and earlier.student.differs(student.identity)
        longer = group[0].labels[1:]
        labels.append(longer if is_other and longer else (student.name, *longer))
    named = zip(names_for(labels), own, strict=True)
    return tuple(
        replace(entry, student=msgspec.structs.replace(student, name=name))
        for name, (student, group) in named
        for entry in group
    )
