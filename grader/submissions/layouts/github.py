"""Clones of repositories, as Classroom 50 names them: `CLASSROOM-ASSIGNMENT-USER`. No git command is run.

What all names begin with, up to a hyphen, is the classroom and the assignment; the rest is the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.students import Identity
from grader.submissions.layouts.layout import (
    Contents,
    HandedIn,
    Owner,
    common_beginning,
    most_are_like,
    of_system,
    part_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.submissions.layouts.folder import Child, Folder

GIT: Final = ".git"
FEWEST: Final = 2
"""Clones, at least: of one, nobody can tell where the name of the user begins."""


def claims(folder: Folder) -> str | None:
    """Claim a folder in which at least half of the names are clones that begin alike."""
    names = [child.name for child in _clones(folder)]
    if len(names) < FEWEST or not _prefix(names):
        return None
    return most_are_like(folder, names)


def contents(folder: Folder) -> Contents:
    """Return the students: each clone is one's, and so is any other folder whose name begins like theirs."""
    clones = [child.name for child in _clones(folder)]
    prefix = _prefix(clones or [child.name for child in folder.children if child.is_folder])
    owners, nobodys = [], []
    for child in folder.children:
        user = child.name.removeprefix(prefix)
        if child.is_folder and (child.name in clones or (prefix and child.name.startswith(prefix))):
            owners.append(
                Owner((user, child.name), (HandedIn((part_of(folder, child),)),), Identity(github=user))
            )
        else:
            nobodys.append(child.name)
    return Contents(owners, nobodys)


def _clones(folder: Folder) -> list[Child]:
    return [child for child in folder.children if child.is_folder and folder.holds(child.name, GIT)]


def _prefix(names: Sequence[str]) -> str:
    """Return what several names begin with, up to a hyphen; "" if that is nothing."""
    if len(names) < FEWEST:
        return ""
    words = common_beginning([name.split("-")[:-1] for name in names])
    return "".join(f"{word}-" for word in words)


LAYOUT: Final = of_system(
    "github", "clones from GitHub", claims, contents, "CLASSROOM-ASSIGNMENT-USER, with .git in it"
)
