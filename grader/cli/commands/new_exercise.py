"""`grader new-exercise`: begin an exercise."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from grader.cli.options import Refusal
from grader.course.declarations import SHIPPED


@click.command(short_help="Begin an exercise: skeletons of all its files.")
@click.argument("name")
@click.option(
    "--module",
    required=True,
    metavar="NAME",
    help="The section's module: normalization for normalization.py.",
)
@click.option("--section", metavar="NUMBER", default="", help="A new section's number, such as 6.1.")
@click.option("--title", metavar="TEXT", default="", help="A new section's title.")
@click.option("--chapter", metavar="FOLDER", default="", help="A new section's folder: ch6_normalization.")
@click.option(
    "--signature", metavar="TEXT", default="", show_default="NAME(X)",
    help='How the function is called: "scale(X, factor=1)".',
)  # fmt: skip
@click.option("--class", "is_class", is_flag=True, help="The exercise is a class, not a function.")
@click.option(
    "--course", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), default=SHIPPED,
    show_default="the one that ships", help="Another course, or an empty folder in which to start one.",
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
    """Begin the exercise NAME: reference, checks, stub, a wheat and two chaffs, with TODO where you come in.

    A section that is there needs only its --module: the exercise is added to its files. A new section needs
    --section, --title and --chapter, too. An empty folder becomes a course. No file is overwritten.

    `grader audit --only NAME` says what is still to do, at any time.

    Exit status: 0, begun; 2, it can't be begun like this, and nothing was written.
    """
    from grader.authoring.new_exercise import NewExerciseError, Wanted, begin

    if is_class and signature:
        raise Refusal(
            "--class and --signature exclude each other: a class has its signatures in its methods."
        )
    wanted = Wanted(name, module, chapter, section, title, signature, is_class)
    try:
        written = begin(course, wanted)
    except (NewExerciseError, OSError) as error:
        raise Refusal(str(error)) from error
    for path in written:
        click.echo(f"written: {_short(path)}")
    here = "" if course == SHIPPED else shlex.quote(str(course))
    stubs = f"grader stubs --course {here}" if here else "grader stubs"
    click.echo(
        "\nNext: replace each TODO in these files by what it asks for (not in the stub: `"
        f"{stubs}` makes\nit from the reference). What is still to do, and whether it is right, says\n\n"
        f"    grader audit {here + ' ' * bool(here)}--only {name}"
    )


def _short(path: Path) -> str:
    """Return a path as seen from here, where it is below."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_absolute() and path.is_relative_to(here) else str(path)
