"""Moodle's "Download all submissions": `NAME_PARTICIPANT_assignsubmission_PLUGIN[_]`, folders or flat files.

Underscores in names become spaces. Teams have the name and number of their group in place of a student's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.students import Identity
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    distinct,
    matched,
    most_are_like,
    of_system,
    part_of,
)

if TYPE_CHECKING:
    from grader.submissions.layouts.folder import Folder
    from grader.submissions.records import Part

NAME: Final = re.compile(
    r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)
BLIND: Final = frozenset({"Participant", "Teilnehmer", "Teilnehmer/in"})
"""The name of everybody where Moodle hides who is who."""


def claims(folder: Folder) -> str | None:
    """Claim a folder in which at least half of the names are Moodle's."""
    found, _ = matched(folder, NAME.fullmatch)
    return most_are_like(folder, [child.name for child, _ in found])


def contents(folder: Folder) -> Contents:
    """Return the students in a download; what each wrote online belongs to the files."""
    found, others = matched(folder, NAME.fullmatch)
    parts: dict[tuple[str, str], list[Part]] = {}
    for child, match in found:
        owner = (match["name"], match["id"])
        if not child.is_folder:
            name = match["file"] or f"{match['plugin']}.html"
        else:
            name = "" if match["plugin"] == "file" else match["plugin"]
        parts.setdefault(owner, []).append(part_of(folder, child, name))
    owners = [
        Owner(
            (name, f"{name}-{number}") if name not in BLIND else (f"{name} {number}",),
            (HandedIn(distinct(own)),),
            Identity(name="" if name in BLIND else name, moodle=number),
        )
        for (name, number), own in parts.items()
    ]
    return Contents(owners, others)


LAYOUT: Final = of_system(
    "moodle", "a download from Moodle", claims, contents, "Ada Lovelace_111_assignsubmission_file"
)
