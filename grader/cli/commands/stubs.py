"""`grader stubs`: make the stubs from the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, course_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Make the stubs from the reference.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a stub is stale.")
@course_option
@click.pass_context
def command(context: click.Context, *, check: bool, course: Path) -> None:
    """Make the stubs of a course from its reference: signatures and docstrings stay, bodies go.

    Stubs are never edited by hand: this command overwrites them, and with them whatever was filled in.

    Exit status: 0, all stubs are what the reference makes them; 1, with --check, some are not; 2, the
    course or a reference can't be read.
    """
    from grader.authoring.stubs import StubError, stale, write
    from grader.course.course import CourseError, demand_reference, load

    try:
        loaded = load(course)
        demand_reference(loaded)
        changed = stale(loaded) if check else write(loaded)
    except (CourseError, StubError) as error:
        raise Refusal(str(error)) from error
    for path in changed:
        click.echo(f"{'stale' if check else 'written'}: {path}")
    if check and changed:
        click.echo("Run `grader stubs` to make them again.", err=True)
        context.exit(1)
    if not changed:
        click.echo("All stubs are what the reference makes them.")
