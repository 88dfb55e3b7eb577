"""`grader history`: what was recorded about a student, and how the mark came about."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import opened, out_option
from grader.cli.options import CommandError, gradebook_option

if TYPE_CHECKING:
    from grader.cli.gradebook_options import Folder


@click.command(short_help="Show what was recorded about a student, and how the mark came about.")
@click.argument("student", metavar="STUDENT")
@out_option
@click.option(
    "--page", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a page for an appeal, one file.",
)  # fmt: skip
@gradebook_option
def command(*, student: str, out: Path, page: Path | None, database: str) -> None:
    """Show all events about a student, then the mark line by line.

    A STUDENT is named as in gradebook.csv. The numbers in front are those that --undo of other commands
    takes. The page shows neither the seed nor the inputs of an exam; the command on it grades the submission
    again, on the same exam, for whoever has the output folder.

    Exit status: 0: shown; 2: there is no such student.
    """
    from grader.course.unknown_names import advice
    from grader.gradebook.history import derivation, lines
    from grader.gradebook.marks import mark_of
    from grader.records.inert_text import inert

    with opened(out, database) as folder:
        events = folder.ledger.events(student)
        if not events:
            known = folder.ledger.students()
            raise CommandError(f"There is no student {student} in {out}{advice([student], known)}")
        mark = mark_of(student, events, folder.rules)
        for line in (*lines(events), "", *derivation(mark, folder.rules)):
            click.echo(inert(line))
        if page is not None:
            write_page(folder, student, page)
            click.echo(f"Page: {page}")


def write_page(folder: Folder, student: str, path: Path) -> None:
    """Write the page for an appeal. Raises `CommandError`."""
    from grader.gradebook import appeal
    from grader.gradebook.marks import mark_of
    from grader.reporting import output_dir, report

    events = folder.ledger.events(student)
    submission = folder.ledger.groups.get(student, student)
    here, who = shlex.quote(str(folder.out)), shlex.quote(submission)
    again = f"grader regrade --out {here} --all --student {who} --dry-run"
    text = appeal.page(
        student, events, mark_of(student, events, folder.rules), folder.rules,
        report.read(output_dir.reports_in(folder.out) / submission),
        course=Path(folder.run.course) if folder.run.course else None,
        command=again,
    )  # fmt: skip
    try:
        report.write_whole(path, text.encode(), mode=report.PRIVATE)
    except OSError as error:
        raise CommandError(f"{str(path)!r} can't be written: {error.strerror}.") from error
