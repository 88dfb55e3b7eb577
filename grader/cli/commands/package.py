"""`grader package`: package a course as an autograder for another service."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import CommandError, course_option


@click.group(short_help="Package a course as an autograder.")
def command() -> None:
    """Package a course as an autograder for a service that grades each submission when it is handed in."""


@command.command(short_help="Package a course as an autograder for Gradescope.")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@course_option
def gradescope(out: Path, course: Path) -> None:
    """Write the archive that Gradescope asks for when an autograder is configured.

    The archive contains the course with its solutions: upload it to Gradescope, and give it to nobody else.
    In Gradescope, choose the base image Ubuntu 24.04, which has Python 3.12, and a container with 3 GB of
    memory. Each submission is graded with different inputs.

    Exit status: 0: the archive is written; 2: wrong usage, or it can't be written.
    """
    from grader.release.gradescope_package import PackageError
    from grader.release.gradescope_package import gradescope as pack

    try:
        made = pack(course, out)
    except PackageError as error:
        raise CommandError(str(error)) from error
    click.echo(
        f"{made} ({made.stat().st_size / 2**20:.1f} MiB): upload it to Gradescope only, since it has the "
        "solutions."
    )
