"""`grader package`: pack a course as an autograder for a service."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import Refusal, course_option


@click.group(short_help="Pack a course as an autograder.")
def command() -> None:
    """Pack a course as an autograder for a service that grades each submission as it comes."""


@command.command()
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@course_option
def gradescope(out: Path, course: Path) -> None:
    """Make the archive that Gradescope asks for when an autograder is configured.

    It holds setup.sh, run_autograder, the grader and the course with its solutions: give it to nobody but
    Gradescope. Choose Ubuntu 24.04 as the base image there, for Python 3.12, and a container with 3 GB of
    memory. Each submission is graded with inputs of its own.
    """
    from grader.release.gradescope_package import PackageError
    from grader.release.gradescope_package import gradescope as pack

    try:
        made = pack(course, out)
    except PackageError as error:
        raise Refusal(str(error)) from error
    click.echo(f"{made} ({made.stat().st_size / 2**20:.1f} MiB): upload it to Gradescope, and nowhere else.")
