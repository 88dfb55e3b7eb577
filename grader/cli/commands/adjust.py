"""`grader adjust`: change points by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import decide, decision_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Change points by hand, with a reason.")
@click.argument("students", metavar="[STUDENT...]", nargs=-1)
@click.option("--exercise", metavar="NAME", default="", help="The exercise; without it, the mark as a whole.")
@click.option("--add", metavar="POINTS", default="", help="Points to add; negative ones are taken off.")
@click.option("--set", "put", metavar="POINTS", default="", help="The new points.")
@click.option("--comment", metavar="TEXT", default="", help="For the student, about a written answer.")
@decision_options
def command(  # noqa: PLR0913 - one parameter an option
    *, students: tuple[str, ...], exercise: str, add: str, put: str, comment: str, out: Path,
    table: Path | None, reason: str, undo: int | None, unseen: bool, author: str, dry_run: bool,
    database: str,
) -> None:  # fmt: skip
    """Change the points of students by hand: of an exercise, or of the mark as a whole.

    A STUDENT is named as in gradebook.csv. The points of an exercise count less if it was late, as all points
    do; what is added to the mark is not reduced. An adjustment holds for all attempts of the student until it
    is undone. Points of written answers ([marks] in course.toml) can be entered like this, too; `grader
    review` shows the answers beside it.

    grader adjust alice --out out/class --exercise softmax --add 2 --reason "right idea, typing error"

    grader adjust --out out/class --csv points.csv --dry-run

    A CSV has the columns student, exercise, add, set, comment and reason. Rows with nothing in add, set and
    comment are passed over; all others are recorded, or none.

    Exit status: 0: done; 2: wrong usage, and nothing was recorded.
    """
    from grader.gradebook.decisions import adjustment

    fields = {"exercise": exercise, "add": add, "set": put, "comment": comment}
    decide(
        out, database, students, fields, adjustment,
        table=table, reason=reason, undo=undo, unseen=unseen, author=author, dry_run=dry_run,
        decisive=("add", "set", "comment"),
    )  # fmt: skip
