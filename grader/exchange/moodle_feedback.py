"""Feedback for Moodle: folders named like those of its download, and the rules by which they are taken back.

The rules are those of `mod/assign/feedback/file/importziplib.php` in https://github.com/moodle/moodle (read
at commit 0203d8f2): a part of the path that says NAME_PARTICIPANT_PLUGINTYPE_PLUGIN tells whose a file is.
In a download of team submissions the number is the team's, and may be somebody else's as a participant: so
numbers come from the grading worksheet, never from a download.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.exchange import moodle
from grader.exchange.feedback import PAGE, Mailbox, Place
from grader.exchange.template import read

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN: Final = "assignsubmission_file"
UNSAFE: Final = re.compile(r'[_/\\:*?"<>|\x00-\x1f]+')
"""What a part of the path can't have: Moodle makes spaces of underscores, too."""
PARTS: Final = 4
"""Parts of a name, at least, between underscores."""


def places(worksheet: Path) -> list[Place]:
    """Return the places of the participants in a grading worksheet. Raises `ExchangeError`."""
    sheet = moodle.sheet(read(worksheet, moodle.SYSTEM.separators), "")
    found = []
    for entry in sheet.entries:
        name = UNSAFE.sub(" ", entry.identity.name).strip(" .~") or "Participant"
        path = f"{name}_{entry.key}_{PLUGIN}/{PAGE}"
        found.append(Place(identity=entry.identity, key=entry.key, path=path))
    return found


def taken_by(path: str) -> str:
    """Return the number of the participant to whom Moodle gives a file; "" if it passes over the file."""
    *_, name = parts = path.split("/")
    if name.startswith((".", "~")):
        return ""
    for part in parts:
        info = part.split("_", PARTS)
        if len(info) >= PARTS and re.fullmatch(r"\d+", info[1]) and f"{info[2]}_{info[3]}" == PLUGIN:
            return str(int(info[1]))
    return ""


MAILBOX: Final = Mailbox(
    name="moodle",
    title="Moodle",
    template="the grading worksheet, as for `grader export`",
    places=places,
    taken_by=taken_by,
    upload="In Moodle: the assignment > Submissions > Upload multiple feedback files in a zip. The "
    "assignment must have the feedback type Feedback files.",
)
