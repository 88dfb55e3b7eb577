"""`grader publish`: let the result of a regrading count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import author_option, dry_run_option, opened, out_option, rewritten
from grader.cli.options import CommandError, gradebook_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Let the result of a regrading count.")
@out_option
@author_option
@dry_run_option
@gradebook_option
def command(*, out: Path, author: str, dry_run: bool, database: str) -> None:
    """Let what `grader regrade` found count: reports, feedback pages, gradebook.csv and class.html.

    Each publication is recorded, with the points before and after. An attempt of which the report is gone is
    left out, and named.

    Exit status: 0: published; 1: some were left out; 2: wrong usage, or nothing to publish.
    """
    from grader.gradebook import pending
    from grader.reporting.output_dir import exclusive_lock

    with opened(out, database, author) as folder:
        found = pending.read(out)
        if found is None:
            raise CommandError(
                f"There is nothing to publish in {out}: `grader regrade --out {out}` comes first."
            )
        click.echo(found.summary)
        if dry_run:
            click.echo("Nothing was published: this is a dry run.")
            return
        with exclusive_lock(out):
            left = dict(pending.publish(out, found, folder.ledger))
        rewritten(folder)
    click.echo(f"Published: {len(found.differences) - len(left)} reports.")
    for name, reason in left.items():
        click.echo(f"{name}: not published: {reason}", err=True)
    click.get_current_context().exit(1 if left else 0)
