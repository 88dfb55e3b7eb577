"""`grader watch`: check exercises again whenever they are saved."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.grade import Refusal


@click.command(short_help="Check exercises again whenever they are saved.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    show_default="where you are", help="The folder that has assignments/.",
)  # fmt: skip
@click.option("--hints", is_flag=True, help="Show all hints, not just the first one.")
@click.option("--poll", is_flag=True, help="Look at the files again and again: for network drives.")
def command(names: tuple[str, ...], *, course: Path, hints: bool, poll: bool) -> None:
    """Check exercises at once, and again after every save, as `pytest assignments --only NAME` does.

    NAME is an exercise, a section (softmax_regression_scratch) or its file. Without a name all exercises are
    checked, and after a save those of the section that was saved.

    Exit status: 0 after Ctrl-C; 2, there is no such exercise, or no assignments/.
    """
    from grader.declarations import ASSIGNMENTS
    from grader.selection import UnknownExercise
    from grader.syllabus import CourseError, demand_known
    from grader.watch import watch
    from grader.watched import Watched, checks_files

    folder = course.resolve()
    try:
        demand_known(folder)
        if not checks_files(folder):
            raise Refusal(
                f"{folder} has no folder {ASSIGNMENTS} with exercises in it. "
                "Go to the folder that has it, or name that with --course."
            )
        watched = Watched.parse(folder, names, hints=hints)
    except (CourseError, UnknownExercise) as error:
        raise Refusal(str(error)) from error
    watch(watched, polling=poll)
