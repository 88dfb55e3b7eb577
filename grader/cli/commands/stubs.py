"""`grader stubs`: make the stubs from the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, course_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Make the stubs of a course from its reference.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a stub is not up to date.")
@course_option
@click.pass_context
def command(context: click.Context, *, check: bool, course: Path) -> None:
    """Make the stubs of a course from its reference: keep signatures and docstrings, remove bodies.

    Stubs are never edited by hand: this command overwrites them, with anything that was filled in.

    Exit status: 0: all stubs are up to date; 1: with --check, some are not; 2: wrong usage, or the course
    can't be read.
    """
    from grader.authoring.stubs import StubError, stale, write
    from grader.course.course import CourseError, load, require_reference

    try:
        loaded = load(course)
        require_reference(loaded)
        changed = stale(loaded) if check else write(loaded)
    except (CourseError, StubError) as error:
        raise CommandError(str(error)) from error
    for path in changed:
        click.echo(f"{'not up to date' if check else 'written'}: {path}")
    if check and changed:
        click.echo("Run `grader stubs` to update them.", err=True)
        context.exit(1)
    if not changed:
        click.echo("All stubs are up to date.")
