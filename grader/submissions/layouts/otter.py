"""Archives that otter-grader's `Notebook.export()` makes: `NOTEBOOK_YYYY_MM_DDTHH_MM_SS_ffffff.zip`.

Their names don't say whose they are: the folder that they are in does, or nobody. The times are in no known
time zone: they order the attempts, and don't say whether one is late.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.submissions.contents import is_archive, is_source
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    most_are_like,
    of_system,
    part_of,
)

if TYPE_CHECKING:
    from grader.submissions.layouts.folder import Child, Folder

ARCHIVE: Final = re.compile(r"(?P<notebook>.+)_(?P<time>\d{4}(?:_\d\d){2}T(?:\d\d_){3}\d{6})\.zip", re.DOTALL)
WHOSE: Final = (
    "The names of otter's archives don't say whose they are: put those of a student into a folder with the "
    "student's name, or confirm who it is (grader match)."
)


def claims(folder: Folder) -> str | None:
    """Claim a folder in which at least half of the names are otter's archives, or folders of them."""
    own = [child.name for child in folder.children if ARCHIVE.fullmatch(child.name)]
    within = ((child.name, _archives(folder, child)) for child in folder.children)
    others = [f"{name}/{archives[0]}" for name, archives in within if archives]
    return most_are_like(folder, [*own, *others])


def contents(folder: Folder) -> Contents:
    """Return each folder with its archives as attempts, each other archive, each other hand-in."""
    owners, nobodys = [], []
    has_unnamed = False
    for child in folder.children:
        archives = _archives(folder, child)
        if archives:
            attempts = [HandedIn((part_of(folder, child, "", name),), order=name) for name in archives]
            owners.append(Owner((child.name,), tuple(attempts)))
        elif child.is_folder or child.problem or is_source(child.name) or is_archive(child.name):
            has_unnamed |= ARCHIVE.fullmatch(child.name) is not None
            label = child.name if child.is_folder else child.name.rpartition(".")[0] or child.name
            owners.append(Owner((label, child.name), (HandedIn((part_of(folder, child),)),)))
        else:
            nobodys.append(child.name)
    return Contents(owners, nobodys, [WHOSE] if has_unnamed else [])


def _archives(folder: Folder, child: Child) -> list[str]:
    """Return otter's archives in a folder, oldest first; none if there is other work in it."""
    if not child.is_folder or child.problem:
        return []
    names = [name for name, is_folder in folder.inside(child.name).items() if not is_folder]
    found = {name: match["time"] for name in names if (match := ARCHIVE.fullmatch(name))}
    if any((is_source(name) or is_archive(name)) and name not in found for name in names):
        return []
    return sorted(found, key=lambda name: (found[name], name))


LAYOUT: Final = of_system(
    "otter", "archives of otter-grader", claims, contents, "STUDENT/hw1_2026_11_23T10_00_00_123456.zip"
)
