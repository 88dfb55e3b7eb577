"""`grader watch`: check exercises again whenever they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, checks_below, here_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Check exercises again whenever they are saved.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@here_option
@click.option("--hints", is_flag=True, help="Show all hints, not just the first one.")
@click.option("--poll", is_flag=True, help="Look at the files again and again: for network drives.")
def command(names: tuple[str, ...], *, course: Path, hints: bool, poll: bool) -> None:
    """Check exercises at once, and again after every save, as `pytest assignments --only NAME` does.

    NAME is an exercise, a section (softmax_regression_scratch) or its file. Without a name all exercises are
    checked, and after a save those of the section that was saved.

    Exit status: 0 after Ctrl-C; 2, there is no such exercise, or no assignments/.
    """
    from grader.course.course_toml import CourseError
    from grader.course.selection import UnknownExercise
    from grader.course.watch_targets import Watched
    from grader.local.watch import watch

    folder = course.resolve()
    checks_below(folder)
    try:
        watched = Watched.parse(folder, names, hints=hints)
    except (CourseError, UnknownExercise) as error:
        raise Refusal(str(error)) from error
    watch(watched, polling=poll)
