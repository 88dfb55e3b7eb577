"""`grader release`: make the students' copy of a course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, course_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.release.build import CommitStatus, Release

DONE: dict[CommitStatus, str] = {
    "made": "Committed. To see the changes: git -C {folder} show --stat",
    "nothing": "Nothing has changed, so nothing was committed.",
    "dirty": "Not committed, because {folder} had uncommitted changes before. Look at them, and commit "
    "everything:\n    git -C {folder} status\n    git -C {folder} add --all\n"
    '    git -C {folder} commit --message "A new version of the course"',
    "no git": "git is not installed, so the folder is not a repository. It can be handed out as it is.",
    "no repository": "{folder} is not a git repository, so nothing was committed.",
}
MAX_LISTED = 12
"""Up to this many files are listed; more are only counted."""


@click.command(short_help="Make the students' copy of a course, without solutions.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@course_option
def command(*, folder: Path, course: Path) -> None:
    """Make the students' copy of a course in DIR: a git repository without solutions.

    It contains the stubs, made from the reference; the checks, data and course.toml (without its seed); this
    grader; pyproject.toml and constraints.txt with the versions of all packages; a README.md for students;
    and CI configurations for GitHub and GitLab.

    The same command again updates DIR. Unchanged files are replaced; stubs that were filled in are kept;
    other files that were edited are restored. All of these are listed. The changes are committed, unless DIR
    had uncommitted changes before.

    Exit status: 0: DIR is up to date; 1: git failed, or a file can't be read or written (the same command
    continues from there); 2: wrong usage, nothing was changed.
    """
    from grader.authoring.stubs import StubError
    from grader.course.course import CourseError, load, require_reference
    from grader.release.build import release
    from grader.release.manifest import ReleaseError
    from grader.release.repository import GitFailed

    try:
        loaded = load(course)
        require_reference(loaded)
        done = release(loaded, folder)
    except GitFailed as error:
        raise click.ClickException(f"The files are in {folder}, but git failed: {error}") from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or folder}: {error.strerror or error}. Fix this, and run the command again."
        ) from error
    except (CourseError, ReleaseError, StubError) as error:
        raise CommandError(str(error)) from error
    _show(done, folder)


def _show(done: Release, folder: Path) -> None:
    changes = done.changes
    _list(f"{done.title}: {done.count} files. New", changes.new)
    _list("Replaced, unchanged since the last release", changes.replaced)
    _list("Removed, no longer part of the course", changes.removed)
    _list("Restored, had been edited or deleted", changes.restored, all_of_them=True)
    _list("Kept, edited by students", changes.left, all_of_them=True)
    _list("Not released, archives may contain anything", done.left_out, all_of_them=True)
    click.echo(DONE[done.commit].format(folder=folder))


def _list(title: str, paths: Sequence[str], *, all_of_them: bool = False) -> None:
    if not paths:
        return
    click.echo(f"{title}: {len(paths)}")
    shown = paths if all_of_them or len(paths) <= MAX_LISTED else ()
    for path in shown:
        click.echo(f"  {path}")
