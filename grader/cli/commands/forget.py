"""`grader forget`: remove a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import author_option, dry_run_option, opened, out_option, rewritten
from grader.cli.options import gradebook_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Remove a person from an output folder and its gradebook.")
@click.argument("student", metavar="STUDENT")
@out_option
@author_option
@dry_run_option
@gradebook_option
def command(*, student: str, out: Path, author: str, dry_run: bool, database: str) -> None:
    """Remove a person: reports and pages of all attempts, all events, and the rows in the files of the class.

    A STUDENT is named as in gradebook.csv; a group, whose members can only be removed together, as in the
    column group. The statistics of the class keep the points, without a name. This
    can't be undone. What was handed in lies elsewhere and is not touched: while it is there, the next `grader
    grade` grades it again.

    Exit status: 0: removed; 2: there is nothing about this student.
    """
    from grader.gradebook.forgetting import forget, removal
    from grader.reporting.output_dir import exclusive_lock

    with opened(out, database, author) as folder:
        found = removal(out, folder.ledger, folder.run, student)
        will = "Would remove" if dry_run else "Removed"
        said = [f"{path} ({found.files} files in all)" for path in found.folders[:1]]
        said += [str(path) for path in found.folders[1:]]
        said += [f"{len(found.events)} events"] if found.events else []
        if not dry_run:
            with exclusive_lock(out):
                run = forget(out, folder.ledger, folder.run, found)
            rewritten(folder._replace(run=run))
        said += ["who that is, as the roster said"] if not said else []
        click.echo(f"{will}: {', '.join(said)}.")
        if found.left.exercises:
            click.echo("The statistics of the class keep the points, without a name.")
        if dry_run:
            click.echo("Nothing was removed: this is a dry run.")
