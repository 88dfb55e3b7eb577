"""Find the submissions at the paths that an instructor gives: names only, nothing is opened but folders."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.submissions.errors import LINK, SPECIAL, EmptyClass, NoSuchPath
from grader.submissions.layouts import AUTO, LAYOUTS, Child, Folder
from grader.submissions.naming import is_ignored, names_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.submissions.layouts import Layout
    from grader.submissions.resemblance import CourseNames


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission that was not opened yet.

    Args:
        name: its unique name, which is a valid folder name.
        path: the file or folder.
        is_given: whether the instructor named this path: then it may be a link.
        problem: why it can't be read, if that shows without opening it.
    """

    name: str
    path: Path
    is_given: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a folder was taken for.

    Args:
        path: the folder, as the instructor named it.
        layout: its layout.
        count: how many submissions are in it.
        reason: why, as a clause; "" if it needs no word.
        is_guess: whether the instructor did not say what it is.
    """

    path: Path
    layout: Layout
    count: int
    reason: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The submissions at some paths, and what each path was taken for."""

    entries: tuple[Entry, ...]
    files: tuple[Path, ...]
    folders: tuple[Decision, ...]


def find(
    paths: Sequence[Path],
    names: CourseNames,
    layout: str = AUTO,
    *,
    leave_out: Callable[[Path], bool] = lambda _: False,
) -> Found:
    """Return the submissions at `paths`: files, single folders, and the children of class folders.

    Only `paths` themselves may be links. A link in a class folder is a submission that can't be read: whoever
    made it, its target belongs to somebody else.

    Args:
        paths: the files and folders to look at.
        names: what the course calls its files.
        layout: the name of one of `LAYOUTS`, for all folders; `AUTO` decides for each by all that is in it.
        leave_out: whether a child of a folder is none of its files, as a folder of reports is.

    Raises:
        NoSuchPath: a path doesn't exist or can't be read.
        EmptyClass: a folder is empty.
    """
    children: dict[tuple[str, str], Child] = {}
    files: list[Path] = []
    folders: list[Decision] = []
    for path in paths:
        folder = _folder(path, names, leave_out)
        if folder is None:
            files.append(path)
            submissions: Sequence[Child] = [Child(path, is_folder=False, is_given=True)]
        else:
            chosen, reason = _layout(folder, layout)
            submissions = chosen.submissions(folder)
            folders.append(Decision(path, chosen, len(submissions), reason, is_guess=layout == AUTO))
        if not submissions:
            raise EmptyClass(
                f"{str(path)!r} contains no submissions: put one file or folder per student there"
            )
        for one in submissions:
            own = with_own_name(one.path)
            children.setdefault((os.path.realpath(own.parent), own.name), one)
    unique = names_for([with_own_name(one.path) for one in children.values()])
    entries = [
        Entry(name, one.path, one.is_given, one.problem)
        for name, one in zip(unique, children.values(), strict=True)
    ]
    return Found(tuple(entries), tuple(files), tuple(folders))


def with_own_name(path: Path) -> Path:
    """Return a path that ends in the name of its file or folder, as "." and ".." don't."""
    return path if path.name not in {"", ".."} else Path(os.path.realpath(path))


def _folder(path: Path, names: CourseNames, leave_out: Callable[[Path], bool]) -> Folder | None:
    """Return a folder with its children; None for a file."""
    with _that_can_be_graded(path):
        if not stat.S_ISDIR(path.stat().st_mode):
            return None
        children = sorted(_children(path), key=lambda child: child.path)
        return Folder(
            path, [child for child in children if child.problem or not leave_out(child.path)], names
        )


def _layout(folder: Folder, wanted: str) -> tuple[Layout, str]:
    """Return the layout of a folder, and why it has it."""
    if wanted != AUTO:
        return LAYOUTS[wanted], ""
    with _that_can_be_graded(folder.path):
        claims = ((layout, layout.claims(folder)) for layout in LAYOUTS.values())
        return next((layout, reason) for layout, reason in claims if reason is not None)


@contextlib.contextmanager
def _that_can_be_graded(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoSuchPath(f"{str(path)!r} can't be graded: {reason}") from error


def _children(folder: Path) -> Iterator[Child]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_ignored(entry.name):
                is_folder = entry.is_dir(follow_symlinks=False)
                yield Child(Path(folder, entry.name), is_folder, problem=_problem(entry))


def _problem(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return LINK
    is_ordinary = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return "" if is_ordinary else SPECIAL
