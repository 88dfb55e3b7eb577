"""Packed classes: archives with the submissions of many students, which nobody can grade as one submission."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.submissions.layouts import blackboard, canvas, gradescope, moodle

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.submissions.contents import Parts

NAMES: Final = (
    (re.compile(r"(?:.*[ _])?submissions(?: ?\(\d+\))?\.zip", re.IGNORECASE), "Canvas"),
    (re.compile(r"assignment_\d+_export(?: ?\(\d+\))?\.zip", re.IGNORECASE), "Gradescope"),
    (re.compile(r"gradebook_.+\.zip", re.IGNORECASE), "Blackboard"),
)
"""What systems call a packed class that is downloaded, as no student calls an archive to hand in."""
MEMBERS: Final = (
    (moodle.NAME, "id", "Moodle"),
    (blackboard.NAME, "user", "Blackboard"),
    (canvas.FILE, "attachment", "Canvas"),
)
"""What the names in a packed class are like, and the group that differs from student to student."""


def system_of_name(name: str) -> str:
    """Return the system that gives this name to a packed class; "" if none does."""
    return next((system for pattern, system in NAMES if pattern.fullmatch(name)), "")


def system_of_members(paths: Collection[Parts]) -> str:
    """Return the system whose packed class has files at these paths; "" if they are one submission's."""
    for depth in (0, 1):
        names = {parts[depth] for parts in paths if len(parts) > depth}
        if gradescope.METADATA in names:
            return "Gradescope"
        for pattern, differs, system in MEMBERS:
            found = [match[differs] for name in names if (match := pattern.fullmatch(name))]
            if len({one for one in found if one}) > 1 and 2 * len(found) >= len(names):
                return system
    return ""
