"""What a layout is: how the names in a folder tell who handed in what."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.students.identity import UNKNOWN, Identity
from grader.submissions.contents import shown
from grader.submissions.records import Part

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from grader.submissions.layouts.folder import Child, Folder

SHOWN: Final = 5
"""Names that a line shows."""
OTHERWISE: Final = "use --layout plain if each file or folder in it is a submission"
"""What to do where the layout of a system was claimed wrongly."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in at one time.

    Args:
        parts: its files and folders.
        submitted: when, with its offset from UTC; None if the layout doesn't tell.
        late: whether the system calls it late; None if the layout doesn't tell.
        order: what orders the attempts of one student, if their times are in no known time zone.
    """

    parts: tuple[Part, ...]
    submitted: datetime | None = None
    late: bool | None = None
    order: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """A student, or a group, and what they handed in.

    Args:
        labels: what they are called, and longer names for when others are called the same.
        attempts: what they handed in, oldest first.
        identity: what the layout says of the student.
        members: what it says of the members of a group; () if it is no group.
    """

    labels: tuple[str, ...]
    attempts: tuple[HandedIn, ...]
    identity: Identity = UNKNOWN
    members: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Who handed in what in a folder.

    Args:
        owners: the students and groups, in order.
        nobodys: the names of what belongs to nobody, and is not graded.
        notes: further sentences for the instructor.
    """

    owners: Sequence[Owner]
    nobodys: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def attempts(self) -> int:
        """The number of attempts."""
        return sum(len(owner.attempts) for owner in self.owners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How what a folder contains makes up submissions.

    Args:
        name: its name.
        help: what `grader grade --help` says about it; "" if it has an option of its own.
        claims: returns why a folder has this layout, as a clause or "", or None if it doesn't.
        contents: returns who handed in what in a folder that has it. Raises `SubmissionError` and `OSError`.
        says: returns what a folder with these contents is.
        option: the option with which all folders have it.
        otherwise: what to do where it was claimed wrongly.
    """

    name: str
    help: str
    claims: Callable[[Folder], str | None]
    contents: Callable[[Folder], Contents]
    says: Callable[[Contents], str]
    option: str
    otherwise: str


def of_system(
    name: str,
    what: str,
    claims: Callable[[Folder], str | None],
    contents: Callable[[Folder], Contents],
    about: str,
) -> Layout:
    """Return the layout of a system's folders.

    Args:
        name: the layout's name.
        what: what such a folder is: "a download from Canvas".
        claims: as in `Layout`.
        contents: as in `Layout`.
        about: how the layout is recognised, for `--help`.
    """
    return Layout(
        name=name,
        help=f"{what} ({about})",
        claims=claims,
        contents=contents,
        says=lambda found: f"{what}: {in_figures(found)}",
        option=f"--layout {name}",
        otherwise=OTHERWISE,
    )


def in_figures(found: Contents) -> str:
    """Return how many students, groups and attempts there are."""
    alone = sum(not owner.members for owner in found.owners)
    members = sum(len(owner.members) for owner in found.owners)
    groups = len(found.owners) - alone
    parts = [count(alone + members, "student")]
    if groups:
        parts.append(f"{members} of them in {count(groups, 'group')}")
    return ", ".join([*parts, count(found.attempts, "attempt")])


def part_of(folder: Folder, child: Child, name: str = "", *below: str) -> Part:
    """Return a child, or something below it, as a part with the name that the student gave it."""
    return Part(folder.path, (child.name, *below), name, child.problem)


def distinct(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts of which no two have the same name: a further one of the name is in a folder `2/`."""
    taken: set[str] = set()
    found = []
    for part in parts:
        name, number = part.name, 1
        while name and name in taken:
            number += 1
            name = f"{number}/{part.name}"
        taken.add(name)
        found.append(Part(part.given, part.below, name, part.problem))
    return tuple(found)


def matched(
    folder: Folder, fullmatch: Callable[[str], re.Match[str] | None]
) -> tuple[list[tuple[Child, re.Match[str]]], list[str]]:
    """Return the children whose names match, each with its match, and the names of the others."""
    found, others = [], []
    for child in folder.children:
        match = fullmatch(child.name)
        if match is None:
            others.append(child.name)
        else:
            found.append((child, match))
    return found, others


def most_are_like(folder: Folder, names: Sequence[str]) -> str | None:
    """Return the reason for a layout if these names are at least half of all in a folder; else None."""
    every = len(folder.children)
    if not names or 2 * len(names) < every:
        return None
    return (
        f"{len(names)} of {count(every, 'name')} {'is' if len(names) == 1 else 'are'} like {shown(names[0])}"
    )


def common_beginning(words: Sequence[Sequence[str]]) -> list[str]:
    """Return the words that several lists of words begin with."""
    same = itertools.takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False))
    return [each[0] for each in same]


def count(number: int, what: str) -> str:
    """Return a number of things: "1 student", "2 students"."""
    return f"{number} {what}{'s' * (number != 1)}"


def some(names: Sequence[str], limit: int = SHOWN) -> str:
    """Return names in a sentence, the first few of many."""
    kept = [shown(name) for name in names[:limit]]
    others = len(names) - len(kept)
    if others:
        return f"{', '.join(kept)} and {count(others, 'other')}"
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)
