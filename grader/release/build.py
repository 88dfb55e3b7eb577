"""A release: what goes into it, put into a folder, and committed there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.release import manifest, repository
from grader.release.contents import contents, title_of
from grader.release.manifest import FILE, ReleaseError, put

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Course
    from grader.release.manifest import Changes

Commit = Literal["made", "nothing", "dirty", "no git", "no repository"]


@dataclass(frozen=True)
class Release:
    """What became of a folder.

    Args:
        title: the course's.
        count: how many files were released.
        changes: what was done to the folder's files.
        left_out: data of the course that were not released.
        commit: whether the changes were committed; if not, why.

    """

    title: str
    count: int
    changes: Changes
    left_out: tuple[str, ...]
    commit: Commit


def release(course: Course, folder: Path) -> Release:
    """Release a course into a folder, or bring an earlier release there up to date.

    Raises:
        ReleaseError: the folder is something else; nothing was changed.
        grader.authoring.stubs.StubError: the course's reference lacks something; nothing was changed.
        grader.release.repository.GitFailed: the files are there, and the commit isn't.
        OSError: a file can't be read or written.
    """
    is_new = demand_place(course, folder)
    found = contents(course)
    folder.mkdir(parents=True, exist_ok=True)
    has_git = repository.is_installed()
    was_clean = has_git and (is_new or not repository.is_repository(folder) or repository.is_clean(folder))
    changes = put(folder, found)
    if not has_git:
        commit: Commit = "no git"
    elif not is_new and not repository.is_repository(folder):
        commit = "no repository"
    elif not was_clean:
        commit = "dirty"
    else:
        if not repository.is_repository(folder):
            repository.begin(folder)
        message = found.title if is_new else f"{found.title}: brought up to date"
        commit = "made" if repository.commit(folder, [*changes.touched, FILE], message) else "nothing"
    return Release(found.title, len(found.files), changes, found.left_out, commit)


def demand_place(course: Course, folder: Path) -> bool:
    """Return whether nothing was released into a folder yet. Raises `ReleaseError` where nothing can be."""
    here, ours = folder.resolve(), course.root.resolve()
    nearest = next(one for one in (here, *here.parents) if one.exists())
    if not nearest.is_dir():
        raise ReleaseError(f"{nearest} is a file. Name a new folder, or one that holds an earlier release.")
    if here.is_relative_to(ours) or ours.is_relative_to(here):
        where = "is inside" if here.is_relative_to(ours) else "contains"
        raise ReleaseError(
            f"{folder} {where} the course, {course.root}, which has the answers. Name a folder apart from it."
        )
    earlier = manifest.read(folder)
    if earlier is None:
        _demand_empty(folder)
    elif earlier.title != title_of(course):
        raise ReleaseError(
            f"{folder} holds a release of {earlier.title!r}, and this is {title_of(course)!r}. Name another "
            f"folder; or, if the course was renamed, write the new title into {folder / FILE} first."
        )
    return earlier is None


def _demand_empty(folder: Path) -> None:
    """Refuse a folder that holds anything but an empty repository."""
    there = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if [name for name in there if name != ".git"]:
        raise ReleaseError(
            f"{folder} is not empty, and holds no release (there is no {FILE}). "
            "Name a new folder, or an empty one."
        )
    if there and (not repository.is_installed() or repository.has_commits(folder)):
        raise ReleaseError(
            f"{folder} is a repository with a history of its own, which may hold anything. Name a new folder."
        )
