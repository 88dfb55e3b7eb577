"""List the files in a folder that a student handed in: without following links, and within limits.

Each folder is opened by its name in its parent's descriptor. So no path is ever joined, which could become
longer than the system allows, and none leads out of the folder, whatever it is replaced by meanwhile.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.submissions import limits
from grader.submissions.contents import shown, too_many_members
from grader.submissions.naming import ENVIRONMENTS, is_ignored, why_not_entered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.submissions.contents import Parts

FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
"""How to open a folder."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass
class Listing:
    """What a walk has found.

    Args:
        files: the regular files, the least deep first, then by path.
        passed_over: sentences about what was left out.
    """

    files: list[Parts] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def walk(folder: int) -> Listing:
    """Return the files below an open folder, level by level.

    Passed over are links and special files, what tools left behind, installed packages, checkpoints, data,
    folders that are too deep or have too many entries, and everything once there are too many altogether.

    Raises:
        Unreadable: the folder itself has too many entries.
        OSError: a folder has vanished or may not be read.
    """
    found = Listing()
    level: list[Parts] = [()]
    remaining = limits.ENTRIES
    while level:
        deeper: list[Parts] = []
        for parts in level:
            if len(parts) >= limits.DEPTH:
                found.passed_over.append(f"{_name(parts)} is more than {limits.DEPTH - 1} folders deep.")
                continue
            names = entries(folder, parts, limit=min(limits.MEMBERS, remaining))
            if names is None and not parts:
                raise too_many_members()
            if names is None:
                found.passed_over.append(f"{_name(parts)} has too many entries.")
                remaining = max(0, remaining - limits.MEMBERS)
                continue
            remaining -= len(names)
            if parts and not ENVIRONMENTS.isdisjoint(names):
                found.passed_over.append(f"{_name(parts)} is a virtual environment.")
                continue
            for name, is_folder in sorted(names.items()):
                if not is_folder:
                    found.files.append((*parts, name))
                elif why := why_not_entered(name, parts[-1] if parts else ""):
                    found.passed_over.append(f"{_name((*parts, name))} {why}.")
                else:
                    deeper.append((*parts, name))
        level = deeper
    return found


@contextlib.contextmanager
def opened(folder: int, parts: Parts, flags: int) -> Iterator[int]:
    """Open what is at a path below an open folder, in the block, without following any link.

    Raises:
        OSError: it has vanished, may not be opened, or is a link.
    """
    with contextlib.ExitStack() as resources:
        for name in parts[:-1]:
            folder = os.open(name, FOLDER | _NO_LINK, dir_fd=folder)
            resources.callback(os.close, folder)
        descriptor = os.open(parts[-1] if parts else ".", flags | _NO_LINK, dir_fd=folder)
        resources.callback(os.close, descriptor)
        yield descriptor


def entries(folder: int, parts: Parts, limit: int) -> dict[str, bool] | None:
    """Return what a folder below an open one contains, without links and what tools left behind.

    For each name, whether it is a folder; None if there are more than `limit` entries.
    """
    names: dict[str, bool] = {}
    with opened(folder, parts, FOLDER) as descriptor, os.scandir(descriptor) as entries:
        for count, entry in enumerate(entries):
            if count >= limit:
                return None
            is_folder = entry.is_dir(follow_symlinks=False)
            if (is_folder or entry.is_file(follow_symlinks=False)) and not is_ignored(entry.name):
                names[entry.name] = is_folder
    return names


def _name(parts: Parts) -> str:
    return shown("/".join(parts)) or "It"
