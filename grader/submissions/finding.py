"""Find the submissions at the paths that an instructor gives: names only, nothing is opened but folders."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.submissions.errors import LINK, SPECIAL, EmptyClass, NoSuchPath
from grader.submissions.naming import is_ignored, names_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


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
class _Found:
    path: Path
    is_given: bool
    problem: str = ""


def find(paths: Sequence[Path], modules: Collection[str], *, single: bool) -> list[Entry]:
    """Return the submissions at `paths`: files, single folders, and the children of class folders.

    A folder is a class unless it directly contains one of the section `modules`, or `single` is set. Only
    `paths` themselves may be links. A link in a class folder is a submission that can't be read: whoever made
    it, its target belongs to somebody else.

    Raises:
        NoSuchPath: a path doesn't exist or can't be read.
        EmptyClass: a class folder contains no submission.
    """
    found: dict[tuple[str, str], _Found] = {}
    for path in paths:
        for one in _submissions_at(path, modules, single=single):
            own = _with_own_name(one.path)
            found.setdefault((os.path.realpath(own.parent), own.name), one)
    names = names_for([_with_own_name(one.path) for one in found.values()])
    return [
        Entry(name, one.path, one.is_given, one.problem)
        for name, one in zip(names, found.values(), strict=True)
    ]


def _submissions_at(path: Path, modules: Collection[str], *, single: bool) -> list[_Found]:
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            return [_Found(path, is_given=True)]
        children = sorted(_children(path), key=lambda child: child.path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoSuchPath(f"{str(path)!r} can't be graded: {reason}") from error
    if single or any(_is_section_module(child, modules) for child in children):
        return [_Found(path, is_given=True)]
    if not children:
        raise EmptyClass(f"{str(path)!r} contains no submissions: put one file or folder per student there")
    return children


def _children(folder: Path) -> Iterator[_Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_ignored(entry.name):
                yield _Found(Path(folder, entry.name), is_given=False, problem=_problem(entry))


def _problem(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return LINK
    is_ordinary = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return "" if is_ordinary else SPECIAL


def _is_section_module(child: _Found, modules: Collection[str]) -> bool:
    path = child.path
    is_named_so = path.suffix in {".py", ".ipynb"} and path.stem in modules
    return is_named_so and not child.problem and path.is_file()


def _with_own_name(path: Path) -> Path:
    # "." and ".." stand for folders with names of their own.
    return path if path.name not in {"", ".."} else Path(os.path.realpath(path))
