"""Make a release: write its files into a folder, and commit them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.course.packages import unmet, unmet_message
from grader.release import manifest, repository
from grader.release.contents import contents, title_of
from grader.release.manifest import FILE, ReleaseError, put

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Course
    from grader.release.manifest import Changes

CommitStatus = Literal["made", "nothing", "dirty", "no git", "no repository"]


@dataclass(frozen=True)
class Release:
    """The result of a release.

    Args:
        title: the title of the course.
        count: the number of released files.
        changes: the changes of the folder's files.
        left_out: data files of the course that were not released.
        commit: "made" if the changes were committed, else why not.

    """

    title: str
    count: int
    changes: Changes
    left_out: tuple[str, ...]
    commit: CommitStatus


def release(course: Course, folder: Path) -> Release:
    """Release a course into a folder, or update an earlier release there.

    Raises:
        ReleaseError: the folder is not fit for a release, or the course declares other versions of packages
            than those that are installed, which students would get; nothing was changed.
        grader.authoring.stubs.StubError: the course's reference lacks something; nothing was changed.
        grader.release.repository.GitFailed: the files were written, but not committed.
        OSError: a file can't be read or written.
    """
    is_new = require_release_folder(course, folder)
    _require_declared_versions(course)
    found = contents(course)
    folder.mkdir(parents=True, exist_ok=True)
    has_git = repository.is_installed()
    was_clean = has_git and (is_new or not repository.is_repository(folder) or repository.is_clean(folder))
    changes = put(folder, found)
    if not has_git:
        commit: CommitStatus = "no git"
    elif not is_new and not repository.is_repository(folder):
        commit = "no repository"
    elif not was_clean:
        commit = "dirty"
    else:
        if not repository.is_repository(folder):
            repository.initialize(folder)
        message = found.title if is_new else f"{found.title}: update"
        commit = "made" if repository.commit(folder, [*changes.touched, FILE], message) else "nothing"
    return Release(found.title, len(found.files), changes, found.left_out, commit)


def _require_declared_versions(course: Course) -> None:
    """Raise `ReleaseError` if a package is installed in another version than the course declares."""
    declared = course.syllabus.packages if course.syllabus else ()
    others = [one for one in unmet(declared) if one.installed]
    if others:
        raise ReleaseError(f"{unmet_message(others)} Students would get what is installed.")


def require_release_folder(course: Course, folder: Path) -> bool:
    """Return whether this is the first release into a folder. Raises `ReleaseError` if none is possible."""
    here, ours = folder.resolve(), course.root.resolve()
    nearest = next(one for one in (here, *here.parents) if one.exists())
    if not nearest.is_dir():
        raise ReleaseError(f"{nearest} is a file. Choose a new folder, or one with an earlier release.")
    if here.is_relative_to(ours) or ours.is_relative_to(here):
        where = "is inside" if here.is_relative_to(ours) else "contains"
        raise ReleaseError(
            f"{folder} {where} the course, {course.root}, which has the solutions. Choose a folder outside "
            "of it."
        )
    earlier = manifest.read(folder)
    if earlier is None:
        _require_empty(folder)
    elif earlier.title != title_of(course):
        raise ReleaseError(
            f"{folder} has a release of {earlier.title!r}, and this course is {title_of(course)!r}. Choose "
            f"another folder; or, if the course was renamed, write the new title into {folder / FILE} first."
        )
    return earlier is None


def _require_empty(folder: Path) -> None:
    """Raise `ReleaseError` if a folder contains anything but an empty repository."""
    there = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if [name for name in there if name != ".git"]:
        raise ReleaseError(
            f"{folder} is not empty, and has no release (there is no {FILE}). "
            "Choose a new folder, or an empty one."
        )
    if there and (not repository.is_installed() or repository.has_commits(folder)):
        raise ReleaseError(
            f"{folder} is a repository with commits of its own, which may contain anything. Choose a new "
            "folder."
        )
