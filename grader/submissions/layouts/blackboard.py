"""Blackboard's download: `ASSIGNMENT_USER_attempt_TIME_FILE`, and a text file about each attempt.

The times are in no known time zone: they order the attempts, and don't say whether one is late.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.students import Identity
from grader.submissions.errors import Unreadable
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    common_beginning,
    distinct,
    matched,
    most_are_like,
    of_system,
    part_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.submissions.layouts.folder import Child, Folder
    from grader.submissions.records import Part

NAME: Final = re.compile(
    r"(?P<assignment>.+)_(?P<user>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:(?P<about>\.txt)|_(?P<file>.+))",
    re.DOTALL,
)
PERSON: Final = "Name:"
"""What the first line of that file begins with, before a name and a login in brackets."""
ABOUT: Final = 256 << 10
"""Bytes of the text file about an attempt, with the student's comments; its first line says the name."""


def claims(folder: Folder) -> str | None:
    """Claim a folder in which at least half of the names are Blackboard's."""
    found, _ = matched(folder, NAME.fullmatch)
    return most_are_like(folder, [child.name for child, _ in found])


def contents(folder: Folder) -> Contents:
    """Return the students in a download, with the attempts of each."""
    found, others = matched(folder, NAME.fullmatch)
    assignment = _common({match["assignment"] for _, match in found})
    parts: dict[str, dict[str, list[Part]]] = {}
    about: dict[str, Child] = {}
    for child, match in found:
        head = f"{match['assignment']}_{match['user']}"
        user = head.removeprefix(f"{assignment}_")  # names of users may have underscores, too
        own = parts.setdefault(user, {}).setdefault(match["time"], [])
        if match["about"]:
            about[user] = child
            own.append(part_of(folder, child, "submission.txt"))
        else:
            own.append(part_of(folder, child, match["file"]))
    owners = [
        Owner(
            (user,),
            tuple(HandedIn(distinct(own), order=time) for time, own in sorted(attempts.items())),
            Identity(name=_name(folder, about.get(user)), login=user),
        )
        for user, attempts in parts.items()
    ]
    return Contents(owners, others)


def _common(assignments: Iterable[str]) -> str:
    """Return the name of the assignment: what all of these begin with, up to an underscore."""
    return "_".join(common_beginning([one.split("_") for one in assignments]))


def _name(folder: Folder, about: Child | None) -> str:
    """Return the name of a student, as the file about an attempt says it; "" if it doesn't."""
    if about is None:
        return ""
    try:
        text = folder.content(about.name, limit=ABOUT).decode("utf-8-sig", errors="replace")
    except (OSError, Unreadable):
        return ""
    first = text.lstrip("\r\n").partition("\n")[0].strip()
    if not first.startswith(PERSON):
        return ""
    name, bracket, login = first.removeprefix(PERSON).strip().rpartition(" (")
    return name.strip() if bracket and login.endswith(")") else first.removeprefix(PERSON).strip()


LAYOUT: Final = of_system(
    "blackboard", "a download from Blackboard", claims, contents,
    "hw1_ada_attempt_2026-11-23-10-00-00_hw1.ipynb",
)  # fmt: skip
