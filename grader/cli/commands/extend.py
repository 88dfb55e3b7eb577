"""`grader extend`: give students more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import decide, decision_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Give students more time, with a reason.")
@click.argument("students", metavar="[STUDENT...]", nargs=-1)
@click.option("--until", metavar="TIME", default="", help="The new deadline: 2026-12-08T23:59+01:00.")
@click.option("--days", metavar="N", default="", help="Days after the course's deadline.")
@click.option("--section", metavar="NAME", default="", help="The section, by its module; without it, all.")
@decision_options
def command(  # noqa: PLR0913 - one parameter an option
    *, students: tuple[str, ...], until: str, days: str, section: str, out: Path, table: Path | None,
    reason: str, undo: int | None, unseen: bool, author: str, dry_run: bool, database: str,
) -> None:  # fmt: skip
    """Give students more time for a section, or for all of them.

    A STUDENT is named as in gradebook.csv. Of several extensions, the one that gives most counts. Marks
    follow at once: nothing is graded again. Without an offset from UTC, a time is in this machine's time
    zone, and a date alone ends with its day.

    grader extend alice --out out/class --days 3 --reason "was ill"

    A CSV has the columns student, until, days, section and reason. All of its rows are recorded, or none.

    Exit status: 0: done; 2: wrong usage, and nothing was recorded.
    """
    from grader.gradebook.decisions import extension

    fields = {"until": until, "days": days, "section": section}
    decide(
        out, database, students, fields, extension,
        table=table, reason=reason, undo=undo, unseen=unseen, author=author, dry_run=dry_run,
    )  # fmt: skip
