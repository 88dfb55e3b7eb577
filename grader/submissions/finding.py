"""Find the submissions at the paths that an instructor gives."""

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
    """A submission that was not read yet: its unique name, which is a valid folder name, and its path."""

    name: str
    path: Path


def find(paths: Sequence[Path], modules: Collection[str], *, single: bool) -> list[Entry]:
    """Return the submissions at `paths`: files, single folders, and the children of class folders.

    A folder is a class unless it directly contains one of the section `modules`, or `single` is set. Links
    are followed here, since these folders are the instructor's, but never within a submission.

    Raises:
        NoSuchPath: a path doesn't exist or can't be read.
        EmptyClass: a class folder contains no submission.
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
        raise EmptyClass(f"{str(path)!r} contains no submissions: put one file or folder per student there")
    return children


def _is_section_module(path: Path, modules: Collection[str]) -> bool:
    return path.suffix in {".py", ".ipynb"} and path.stem in modules and path.is_file()


def _with_own_name(path: Path) -> Path:
    # "." and ".." stand for folders with names of their own.
    return path if path.name not in {"", ".."} else path.resolve()
