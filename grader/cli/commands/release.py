"""`grader release`: make what students get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, course_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.release.build import Commit, Release

DONE: dict[Commit, str] = {
    "made": "Committed. Look at it with: git -C {folder} show --stat",
    "nothing": "Nothing is new: there is nothing to commit.",
    "dirty": "Not committed, because there were changes in {folder} before that are not committed. Look at "
    "them, and commit all of it:\n    git -C {folder} status\n    git -C {folder} add --all\n"
    '    git -C {folder} commit --message "A new version of the course"',
    "no git": "There is no git on this machine, so it is no repository. Hand the folder out as it is.",
    "no repository": "{folder} is no git repository, so nothing was committed.",
}
LIST = 12
"""So many files are named in a list; of more, the others are counted."""


@click.command(short_help="Make what students get: a repository without answers.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@course_option
def command(*, folder: Path, course: Path) -> None:
    """Make what students get of a course, in DIR: a git repository of its own, without any answer.

    It holds the stubs, made from the reference; checks, data and course.toml (without its seed); this grader;
    a pyproject.toml and the versions of all packages; a README.md for students; and a start for CI on GitHub
    and GitLab.

    The same command again brings DIR up to date. What was released and is unchanged is replaced; a stub that
    was filled in is left alone; any other file that was edited is put back; and all of these are named. It is
    committed there, unless there were other changes before.

    Exit status: 0, it is done; 1, git failed, or a file can't be read or written: the same command goes on
    from there; 2, it can't be released there, and nothing was changed.
    """
    from grader.authoring.stubs import StubError
    from grader.course.course import CourseError, demand_reference, load
    from grader.release.build import release
    from grader.release.manifest import ReleaseError
    from grader.release.repository import GitFailed

    try:
        loaded = load(course)
        demand_reference(loaded)
        done = release(loaded, folder)
    except GitFailed as error:
        raise click.ClickException(f"The files are in {folder}, but git failed: {error}") from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or folder}: {error.strerror or error}. Mend that, and give the command again."
        ) from error
    except (CourseError, ReleaseError, StubError) as error:
        raise Refusal(str(error)) from error
    _tell(done, folder)


def _tell(done: Release, folder: Path) -> None:
    changes = done.changes
    _list(f"{done.title}: {done.count} files, of them new", changes.new)
    _list("Replaced, as they were released before", changes.replaced)
    _list("Removed, as they are no longer released", changes.removed)
    _list("Put back, though they were edited or gone", changes.restored, all_of_them=True)
    _list("Left alone, as students' work", changes.left, all_of_them=True)
    _list("Left out, because nobody can look into them", done.left_out, all_of_them=True)
    click.echo(DONE[done.commit].format(folder=folder))


def _list(title: str, paths: Sequence[str], *, all_of_them: bool = False) -> None:
    if not paths:
        return
    click.echo(f"{title}: {len(paths)}")
    shown = paths if all_of_them or len(paths) <= LIST else ()
    for path in shown:
        click.echo(f"  {path}")
