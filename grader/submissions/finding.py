"""Find the submissions below the paths that an instructor gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.submissions.errors import EmptyClass, NoSuchPath
from grader.submissions.naming import is_ignored, names_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission before it is read: its name, unique and fit to be a folder's, and where it lies."""

    name: str
    path: Path


def find(paths: Sequence[Path], modules: Collection[str], *, single: bool) -> list[Entry]:
    """The submissions at `paths`: files, single folders, and the children of class folders.

    A folder is a class unless it directly holds one of the section `modules`, or `single` is given. Links are
    followed here, since the instructor arranged these folders, but never within a submission.

    Raises:
        NoSuchPath: a path is not there, or can't be looked into.
        EmptyClass: a class folder holds no submission.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for submission in _submissions_at(path, modules, single=single):
            found.setdefault(submission.resolve(), submission)
    locations = list(found.values())
    named = [_with_own_name(path) for path in locations]
    return [Entry(name, path) for name, path in zip(names_for(named), locations, strict=True)]


def _submissions_at(path: Path, modules: Collection[str], *, single: bool) -> Iterable[Path]:
    try:
        path.stat()
        if not path.is_dir():
            return [path]
        children = sorted(child for child in path.iterdir() if not is_ignored(child.name))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoSuchPath(f"{str(path)!r} can't be graded: {reason}") from error
    if single or any(_is_section_module(child, modules) for child in children):
        return [path]
    if not children:
        raise EmptyClass(f"{str(path)!r} holds no submissions: put one file or folder a student there")
    return children


def _is_section_module(path: Path, modules: Collection[str]) -> bool:
    return path.suffix in {".py", ".ipynb"} and path.stem in modules and path.is_file()


def _with_own_name(path: Path) -> Path:
    # "." and ".." are folders that have a name of their own.
    return path if path.name not in {"", ".."} else path.resolve()
