"""`grader excuse`: leave a section out of a student's mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import decide, decision_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Leave sections out of students' marks, with a reason.")
@click.argument("students", metavar="[STUDENT...]", nargs=-1)
@click.option("--section", metavar="NAME", default="", help="The section, by its module; without it, all.")
@decision_options
def command(  # noqa: PLR0913 - one parameter an option
    *, students: tuple[str, ...], section: str, out: Path, table: Path | None,
    reason: str, undo: int | None, unseen: bool, author: str, dry_run: bool, database: str,
) -> None:  # fmt: skip
    """Leave a section out of the marks of students: the others then count for all points.

    A STUDENT is named as in gradebook.csv. Who is excused from all sections has no mark, which is not 0.

    grader excuse alice --out out/class --section mlp --reason "military service"

    A CSV has the columns student, section and reason. All of its rows are recorded, or none.

    Exit status: 0: done; 2: wrong usage, and nothing was recorded.
    """
    from grader.gradebook.decisions import excuse

    decide(
        out, database, students, {"section": section}, excuse,
        table=table, reason=reason, undo=undo, unseen=unseen, author=author, dry_run=dry_run,
    )  # fmt: skip
