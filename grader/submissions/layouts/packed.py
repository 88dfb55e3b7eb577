"""Packed classes: archives with the submissions of many students, which are not one submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.submissions.layouts import blackboard, canvas, gradescope, moodle

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.submissions.contents import Parts

MEMBERS: Final = (
    (moodle.NAME, "id", "Moodle"),
    (blackboard.NAME, "user", "Blackboard"),
    (canvas.DOWNLOADED, "attachment", "Canvas"),
)
"""What the names in a packed class are like, and the group that differs from student to student."""


def system_of_name(name: str) -> str:
    """Return the system that gives this name to a packed class; "" if none does.

    Canvas' ends in "submissions"; Gradescope's is `assignment_123_export`, Blackboard's `gradebook_...`.
    A browser puts a number behind the second copy.
    """
    stem, dot, suffix = name.lower().rpartition(".")
    if not dot or suffix != "zip":
        return ""
    words = stem.rstrip(" ()0123456789").replace(" ", "_").split("_")
    if words[-1] == "submissions":
        return "Canvas"
    if words[0] == "assignment" and words[-1] == "export":
        return "Gradescope"
    return "Blackboard" if words[0] == "gradebook" and len(words) > 1 else ""


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
