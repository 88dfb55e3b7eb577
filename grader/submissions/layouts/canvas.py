"""Canvas' "Download Submissions": `NAME[_LATE]_USER_ATTACHMENT_FILE`, the last submission of each student.

Canvas makes NAME of the sortable name: lower case, without anything but letters and digits. A file that was
handed in again gets `-1` to `-7` before its extension, and then a UUID.
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
    from grader.submissions.layouts.folder import Child, Folder

DOWNLOADED: Final = re.compile(
    r"(?:(?P<late_anonymous>LATE_)?anon_(?P<anonymous>[^_]+)|(?P<name>[^_]*?)(?:_(?P<late>LATE))?_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<entry>text|link)\.html)",
    re.DOTALL,
)
RESUBMITTED: Final = re.compile(r"-(?:[1-7]|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=(?:\.[^.]*)?$)")
SHORTEST_ATTACHMENT: Final = 3
"""Digits of an attachment's id, at least: `week_3_12_mlp.py` is somebody's own name."""


def claims(folder: Folder) -> str | None:
    """Claim a folder in which most names are Canvas', with ids that only Canvas gives."""
    found, _ = matched(folder, DOWNLOADED.fullmatch)
    attachments = [match["attachment"] for _, match in found if match["attachment"]]
    users = {(match["user"] or match["anonymous"]): match["name"] for _, match in found}
    is_consistent = all(users[match["user"] or match["anonymous"]] == match["name"] for _, match in found)
    are_ids = len(set(attachments)) == len(attachments) and all(
        len(one) >= SHORTEST_ATTACHMENT for one in attachments
    )
    if not (attachments and are_ids and is_consistent):
        return None
    files = sorted(found, key=lambda one: not one[1]["attachment"])
    return most_are_like(folder, [child.name for child, _ in files])


def contents(folder: Folder) -> Contents:
    """Return the students in a download."""
    found, others = matched(folder, DOWNLOADED.fullmatch)
    files: dict[str, list[tuple[Child, re.Match[str]]]] = {}
    for child, match in found:
        files.setdefault(f"{match['user'] or ''}/{match['anonymous'] or ''}", []).append((child, match))
    return Contents([_owner(folder, own) for own in files.values()], others)


def _owner(folder: Folder, files: list[tuple[Child, re.Match[str]]]) -> Owner:
    _, first = files[0]
    parts, sections = [], set[str]()
    for child, match in files:
        name = match["file"] or f"{match['entry']}.html"
        section = folder.names.section(RESUBMITTED.sub("", name))
        if section is not None and section not in sections:
            sections.add(section)
            name = RESUBMITTED.sub("", name)
        parts.append(part_of(folder, child, name))
    late = any(match["late"] or match["late_anonymous"] for _, match in files)
    attempt = HandedIn(distinct(parts), late=late)
    if first["anonymous"]:
        return Owner((f"anon_{first['anonymous']}",), (attempt,))
    name, user = first["name"], first["user"]
    labels = (name, f"{name}_{user}") if name else (user,)
    return Owner(labels, (attempt,), Identity(name=name, canvas=user))


LAYOUT: Final = of_system(
    "canvas", "a download from Canvas", claims, contents, "lovelaceada_LATE_104_2041_hw1.ipynb"
)
