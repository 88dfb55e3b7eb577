"""Feedback for Canvas: files named like those of its download, and the rules by which they are taken back.

The rules are those of `infer_comment_context_from_filename` and `generate_comments_from_files` in
`app/models/abstract_assignment.rb` of https://github.com/instructure/canvas-lms (read at commit 028f76bb). A
file becomes an attachment of a comment. It needs the id of a student and of an attachment that this student
handed in, and it is shown under the name of that attachment, whatever it is called in the archive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.exchange.errors import ExchangeError
from grader.exchange.feedback import PAGE, Mailbox, Place
from grader.students import Identity
from grader.submissions.layouts.canvas import DOWNLOADED

if TYPE_CHECKING:
    from pathlib import Path

DIGITS: Final = re.compile(r"\d+")
PAGES: Final = (".html", ".htm")
"""What a browser opens as a page."""


def places(folder: Path) -> list[Place]:
    """Return the places of the students in a download. Raises `ExchangeError`."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise ExchangeError(
            f"{folder} can't be read ({error.strerror}): name the folder with the download from Canvas, "
            "unpacked."
        ) from error
    found: dict[str, list[re.Match[str]]] = {}
    for name in names:
        match = DOWNLOADED.fullmatch(name)
        if match is not None:
            key = match["user"] or f"anon_{match['anonymous']}"
            found.setdefault(key, []).append(match)
    if not found:
        raise ExchangeError(f"{folder} has no files named like those of a download from Canvas.")
    return [_place(key, own) for key, own in found.items()]


def taken_by(path: str) -> str:
    """Return the id of the student to whom Canvas gives a file; "" if it passes over the file."""
    name = path.rpartition("/")[2]
    parts = [part for part in name.split("_") if part != "LATE"]
    if not parts or parts[-1].startswith("link") or name.startswith("._"):
        return ""
    if parts[0] == "anon":
        return f"anon_{parts[1]}" if len(parts) > 2 and DIGITS.fullmatch(parts[2]) else ""  # noqa: PLR2004
    ids = [part for part in parts if DIGITS.fullmatch(part)]
    return ids[0] if len(ids) > 1 else ""


def _place(key: str, own: list[re.Match[str]]) -> Place:
    identity = Identity(canvas=key) if not key.startswith("anon_") else Identity()
    files = [match for match in own if match["attachment"]]
    if not files:
        return Place(identity=identity, key=key, refused="Canvas attaches files only to files")
    chosen = min(files, key=lambda match: (not match["file"].lower().endswith(PAGES), match["file"]))
    return Place(identity=identity, key=key, path=f"{chosen[0].removesuffix(chosen['file'])}{PAGE}")


MAILBOX: Final = Mailbox(
    name="canvas",
    title="Canvas",
    template="the folder with the unpacked Download Submissions",
    places=places,
    taken_by=taken_by,
    upload="In Canvas: Grades, the assignment's menu > Upload Submissions. Students see a comment with a "
    "file that has the name of what they handed in: it is a web page.",
)
