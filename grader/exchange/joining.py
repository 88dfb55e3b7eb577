"""Who of a gradebook is who in a system's table: by ids, then by a name that nobody else has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.students.matching import SAME, match, name_keys, sought
from grader.students.roster import Listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.reporting.gradebook import Row
    from grader.students import Identity


def joined(rows: Sequence[Row], people: Sequence[Identity]) -> list[int | None]:
    """Return the number of the person that each row is about.

    None if there is nobody, if several may be meant, or if several rows are about the same person.
    """
    found = match(
        [sought(row.name, row.identity) for row in rows],
        [Listed(one, number) for number, one in enumerate(people)],
    )
    claims = Counter(one.line for one in found if one is not None)
    return [
        one.line
        if one is not None and claims[one.line] == 1 and not _is_team(row.identity, one.identity)
        else None
        for row, one in zip(rows, found, strict=True)
    ]


def same_keys(row: Row, person: Identity) -> frozenset[str]:
    """Return which ids of a row are those of a person."""
    own = sought(row.name, row.identity)
    pairs = [(mine, getattr(own, mine), getattr(person, theirs)) for mine, theirs in SAME]
    return frozenset(key for key, one, other in pairs if one and one.casefold() == other.casefold())


def _is_team(own: Identity, person: Identity) -> bool:
    """Return whether a number in Moodle is that of a team, which somebody else has as a participant.

    A download of team submissions has the name and the number of the team in place of a student's.
    """
    is_same = own.moodle != "" and own.moodle == person.moodle
    others = [key for key in ("id", "email", "login") if getattr(own, key)]
    names = name_keys(own.name), name_keys(person.name)
    return is_same and not others and all(names) and names[0].isdisjoint(names[1])
