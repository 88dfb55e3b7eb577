"""Brightspace's download: a folder `USER-SUBMISSION - NAME - TIME` for each submission, and `index.html`.

The times are in no known time zone: they order the attempts, and don't say whether one is late.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from grader.students import Identity
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    matched,
    most_are_like,
    of_system,
    part_of,
)

if TYPE_CHECKING:
    from grader.submissions.layouts.folder import Child, Folder

NAME: Final = re.compile(
    r"(?P<user>\d+)-(?P<submission>\d+) - (?P<name>.+) - (?P<time>\w{3,9} \d{1,2}, \d{4} \d{3,4} [AP]M)",
    re.DOTALL | re.IGNORECASE,
)
FORMATS: Final = ("%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p")
INDEX: Final = "index.html"


def claims(folder: Folder) -> str | None:
    """Claim a folder in which at least half of the names are Brightspace's."""
    found, _ = matched(folder, NAME.fullmatch)
    return most_are_like(folder, [child.name for child, _ in found])


def contents(folder: Folder) -> Contents:
    """Return the students in a download, with the attempts of each. Its index belongs to the download."""
    found, others = matched(folder, NAME.fullmatch)
    people: dict[tuple[str, str], list[tuple[Child, re.Match[str]]]] = {}
    for child, match in found:
        people.setdefault((match["name"], match["user"]), []).append((child, match))
    owners = [
        Owner(
            (name, f"{name}-{user}"),
            tuple(
                HandedIn((part_of(folder, child),), order=when)
                for when, child in sorted(
                    ((_order(match), child) for child, match in own), key=lambda one: one[0]
                )
            ),
            Identity(name=name),
        )
        for (name, user), own in people.items()
    ]
    return Contents(owners, [name for name in others if name != INDEX])


def _order(match: re.Match[str]) -> str:
    """Return what orders the attempts: the time, then the number of the submission."""
    hour = match["time"].rpartition(" ")[0].rpartition(" ")[2]
    text = match["time"].replace(f" {hour} ", f" {hour:0>4} ")
    for form in FORMATS:
        try:
            time = datetime.strptime(text, form).isoformat()  # noqa: DTZ007 - in no known time zone
        except ValueError:
            continue
        return f"{time} {match['submission']:0>20}"
    return f"{match['submission']:0>20}"


LAYOUT: Final = of_system(
    "brightspace", "a download from Brightspace", claims, contents,
    "104-2041 - Ada Lovelace - Nov 23, 2026 1000 AM",
)  # fmt: skip
