"""`grader package`: package a course as an autograder for another service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, course_option

if TYPE_CHECKING:
    from collections.abc import Callable


@click.group(short_help="Package a course as an autograder.")
def command() -> None:
    """Package a course as an autograder for a service that grades each submission when it is handed in."""


@command.command(short_help="Package a course as an autograder for Gradescope.")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@course_option
def gradescope(out: Path, course: Path) -> None:
    """Write the archive that Gradescope asks for when an autograder is configured.

    The archive contains the course with its solutions: upload it to Gradescope, and give it to nobody else.
    In Gradescope, choose the base image Ubuntu 24.04, which has Python 3.12, a container with 3 GB of memory,
    and a timeout of 20 minutes. Each submission is graded with different inputs.

    Exit status: 0: the archive is written; 2: wrong usage, or it can't be written.
    """
    from grader.release.gradescope_package import gradescope as pack

    written(lambda: pack(course, out), "upload it to Gradescope only, since it has the solutions.")


@command.command(short_help="Package a course as questions for PrairieLearn.")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--image", metavar="NAME", required=True,
    help="The name under which you publish the image that environments/gradbook/Dockerfile makes.",
)  # fmt: skip
@course_option
def prairielearn(out: Path, image: str, course: Path) -> None:
    """Write what belongs into a PrairieLearn course: a question for each section, and what grades it.

    questions/ has a question for each section, graded externally; serverFilesCourse/gradbook/ the course with
    its solutions, which students can't see; environments/gradbook/ a Dockerfile with the grader. Build and
    publish the image under the name --image, and unpack the rest into the course's repository.

    Exit status: 0: the archive is written; 2: wrong usage, or it can't be written.
    """
    from grader.release.prairielearn_package import prairielearn as pack

    written(
        lambda: pack(course, out, image),
        "unpack it into the course's repository, which students can't read: it has the solutions.",
    )


@command.command(short_help="Package a course as an autograder for Classroom 50.")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@course_option
def classroom50(out: Path, course: Path) -> None:
    """Write what belongs into CLASSROOM/autograders/ASSIGNMENT/ of a classroom50 repository.

    Classroom 50 publishes that folder, and grades in the student's own repository: the archive has the
    checks, which students have anyway, and no solutions. A student can change what is graded there; for marks
    that count, grade clones of the repositories with grader grade.

    Exit status: 0: the archive is written; 2: wrong usage, or it can't be written.
    """
    from grader.release.classroom50_package import classroom50 as pack

    written(
        lambda: pack(course, out), "unpack it into CLASSROOM/autograders/ASSIGNMENT/. It has no solutions."
    )


def written(pack: Callable[[], Path], what_to_do: str) -> None:
    """Write an archive, and say what to do with it. Raises `CommandError`."""
    from grader.release.autograder_archive import PackageError

    try:
        made = pack()
    except PackageError as error:
        raise CommandError(str(error)) from error
    click.echo(f"{made} ({made.stat().st_size / 2**20:.1f} MiB): {what_to_do}")
