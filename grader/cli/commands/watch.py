"""`grader watch`: check exercises after every save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, checks_files_in, student_course_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Check exercises after every save.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@student_course_option
@click.option("--hints", is_flag=True, help="Show all hints, not only the first one.")
@click.option("--poll", is_flag=True, help="Poll the files for changes, as network drives require.")
def command(names: tuple[str, ...], *, course: Path, hints: bool, poll: bool) -> None:
    """Check exercises now and after every save, like `pytest assignments --only NAME`.

    NAME is an exercise, a section (softmax_regression_scratch) or its file. Without a NAME, all exercises are
    checked at first, and after a save the exercises of the saved section.

    Exit status: 0: ended with Ctrl-C; 2: wrong usage: there is no such exercise, or no assignments/.
    """
    from grader.course.course_toml import CourseError
    from grader.course.selection import UnknownExercise
    from grader.course.watch_targets import WatchTargets
    from grader.local.watch import watch

    folder = course.resolve()
    checks_files_in(folder)
    try:
        watched = WatchTargets.parse(folder, names, hints=hints)
    except (CourseError, UnknownExercise) as error:
        raise CommandError(str(error)) from error
    watch(watched, polling=poll)
