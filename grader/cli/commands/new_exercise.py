"""`grader new-exercise`: create the skeleton of an exercise."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from grader.cli.options import CommandError, require_course
from grader.course.declarations import SHIPPED


@click.command(short_help="Create the skeleton of an exercise.")
@click.argument("name")
@click.option(
    "--module", required=True, metavar="NAME",
    help="The section's module, without .py: --module normalization.",
)  # fmt: skip
@click.option("--section", metavar="NUMBER", default="", help="Number of a new section, such as 6.1.")
@click.option("--title", metavar="TEXT", default="", help="Title of a new section.")
@click.option(
    "--chapter", metavar="FOLDER", default="", help="Folder of a new section, such as ch6_normalization."
)
@click.option(
    "--signature", metavar="TEXT", default="", show_default="NAME(X)",
    help='The signature of the function: --signature "scale(X, factor=1)".',
)  # fmt: skip
@click.option("--class", "is_class", is_flag=True, help="The exercise is a class, not a function.")
@click.option(
    "--course", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), default=SHIPPED,
    callback=require_course, show_default="the course shipped with Gradbook",
    help="The course: a folder with assignments/ and reference/, or an empty folder to start a course in.",
)  # fmt: skip
def command(
    *,
    name: str,
    module: str,
    section: str,
    title: str,
    chapter: str,
    signature: str,
    is_class: bool,
    course: Path,
) -> None:
    """Create the files of an exercise NAME: reference, checks, stub, a wheat and two chaffs, with TODOs.

    In an existing section only --module is needed: the exercise is added to the section's files. A new
    section also needs --section, --title and --chapter. An empty folder becomes a course. No file is
    overwritten.

    `grader audit --only NAME` lists what is still to do.

    Exit status: 0: the files are written; 2: wrong usage, nothing was written.
    """
    from grader.authoring.new_exercise import NewExercise, NewExerciseError, create

    if is_class and signature:
        raise CommandError(
            "--class and --signature can't be combined: the signatures of a class are in its methods."
        )
    wanted = NewExercise(name, module, chapter, section, title, signature, is_class)
    try:
        written = create(course, wanted)
    except (NewExerciseError, OSError) as error:
        raise CommandError(str(error)) from error
    for path in written:
        click.echo(f"written: {_short(path)}")
    option = "" if course == SHIPPED else f" --course {shlex.quote(str(course))}"
    click.echo(
        f"\nNext: replace each TODO in these files, except in the stub: `grader stubs{option}` makes it\n"
        f"from the reference. This command lists what is still to do, and checks what is done:\n\n"
        f"    grader audit{option} --only {name}"
    )


def _short(path: Path) -> str:
    """Return a path relative to the current folder, if it is inside."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_absolute() and path.is_relative_to(here) else str(path)
