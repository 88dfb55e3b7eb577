"""What the commands on an output folder's gradebook share."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from grader.cli.options import CommandError, gradebook_option

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from grader.gradebook.decisions import Known, Row
    from grader.gradebook.events import Content
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.marks import Rules
    from grader.gradebook.store import Draft
    from grader.reporting.output_dir import RunFile

Command = TypeVar("Command", bound="Callable[..., Any]")

out_option = click.option(
    "--out", required=True, metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that `grader grade --out DIR` wrote.",
)  # fmt: skip
author_option = click.option(
    "--author", metavar="NAME", default="", show_default="your login", help="Who decides, for the record."
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Only show what would happen; change nothing.")
reason_option = click.option(
    "--reason", metavar="TEXT", default="", help="Why: it is kept, and shown in the history. Required."
)
csv_option = click.option(
    "--csv", "table", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="A row for each student: the columns are student, reason, and this command's options by name.",
)  # fmt: skip
undo_option = click.option(
    "--undo", metavar="EVENT", type=click.IntRange(min=1),
    help="Take an earlier decision back, by its number in `grader history`.",
)  # fmt: skip
unseen_option = click.option(
    "--unseen", is_flag=True, help="Also for students who have not handed in anything yet."
)


class Folder(NamedTuple):
    """An output folder with its open gradebook."""

    out: Path
    run: RunFile
    ledger: Ledger
    rules: Rules


def decision_options(command: Command) -> Command:
    """Add the options that all commands by which a person decides have."""
    options = (
        out_option, csv_option, reason_option, undo_option, unseen_option, author_option, dry_run_option,
        gradebook_option,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@contextlib.contextmanager
def opened(out: Path, database: str, author: str = "") -> Iterator[Folder]:
    """Open the gradebook of an output folder; its reports are in it then. Raises `CommandError`."""
    from grader.course.course_toml import CourseError, read
    from grader.gradebook.errors import GradebookError
    from grader.gradebook.ledger import open_ledger, place_of, rules_of
    from grader.gradebook.marks import Rules
    from grader.gradebook.overview import groups_in, rows_in
    from grader.gradebook.reconcile import reconcile
    from grader.reporting.output_dir import UsageError, read_run, reports_in

    try:
        run = read_run(out)
        if run is None or not reports_in(out).is_dir():
            raise CommandError(
                f"There are no reports in {out}: is it the folder that `grader grade --out` wrote?"
            )
        course = Path(run.course) if run.course else None
        syllabus = read(course) if course is not None else None
        rules = rules_of(course) if course is not None else Rules()
        place = place_of(run, database or (syllabus.gradebook.url if syllabus else ""))
        with open_ledger(out, place, author) as ledger:
            for sentence in reconcile(ledger, out).sentences():
                click.echo(sentence)
            ledger.groups = groups_in(rows_in(out, run))
            yield Folder(out, run, ledger, rules)
    except (CourseError, GradebookError, UsageError) as error:
        raise CommandError(str(error)) from error


def decide(  # noqa: PLR0913 - one parameter an option
    out: Path, database: str, students: tuple[str, ...], fields: dict[str, str],
    made: Callable[[Row, Known], Content], *, table: Path | None, reason: str, undo: int | None,
    unseen: bool, author: str, dry_run: bool, decisive: Collection[str] = (),
) -> None:  # fmt: skip
    """Show what decisions do to marks, then record them all. Raises `CommandError`.

    Args:
        out: the output folder.
        database: the URL of its gradebook, if an option names it.
        students: the students that the command line names.
        fields: the options of this command, by the name of their columns.
        made: makes the content of an event.
        table: a CSV in their place.
        reason: why.
        undo: the number of an event to take back.
        unseen: whether it may be about students who have not handed in anything.
        author: who decides; "": the login.
        dry_run: whether nothing is recorded.
        decisive: the columns of which a row of a table needs one; a row without any of them is passed over.

    """
    from grader.gradebook import decisions
    from grader.gradebook.overview import rows_in

    given = {name: value for name, value in fields.items() if value}
    ways = [bool(students), table is not None, undo is not None]
    if sum(ways) != 1:
        raise CommandError("Name either students, or a table with --csv, or an event with --undo.")
    if not students and given:
        raise CommandError(f"--{next(iter(given))} is for students on the command line only.")
    with opened(out, database, author) as folder:
        ledger = folder.ledger
        if undo is not None:
            drafts = [decisions.undo(ledger.store.events(), undo, reason, ledger.author)]
        else:
            columns = [*fields, "reason"]
            rows = (
                decisions.rows_in(table, columns)
                if table is not None
                else [decisions.Row(student, {**given, "reason": reason}) for student in students]
            )
            if table is not None and decisive:
                rows = _decided(table, rows, decisive)
            if table is not None and reason:
                rows = [_with_reason(row, reason) for row in rows]
            names = {path.name for path in (out / "submissions").iterdir() if path.is_dir()}
            names |= {row.name for row in rows_in(out, folder.run)}
            known = decisions.known_in(ledger, names, folder.rules, allow_unseen=unseen)
            drafts = decisions.drafts_for(rows, known, ledger.author, made)
        show(folder, drafts)
        if dry_run:
            click.echo("Nothing was recorded: this is a dry run.")
            return
        numbers = ledger.store.append(drafts)
        events = f"event {numbers[0]}" if len(numbers) == 1 else f"events {numbers[0]} to {numbers[-1]}"
        click.echo(f"Recorded as {events}.")
        rewritten(folder)


def _decided(table: Path, rows: list[Row], columns: Collection[str]) -> list[Row]:
    """Return the rows that have a value in one of these columns, and say how many have none."""
    found = [row for row in rows if any(map(row.get, columns))]
    if not found:
        raise CommandError(f"No row of {table} has anything in {' or '.join(columns)}.")
    if len(found) < len(rows):
        count = len(rows) - len(found)
        click.echo(f"{count} row{'s' if count > 1 else ''} with nothing in {' or '.join(columns)} left open.")
    return found


def show(folder: Folder, drafts: list[Draft]) -> None:
    """Show each decision, and what it does to the mark."""
    from grader.gradebook.decisions import effects
    from grader.gradebook.history import sentence
    from grader.records.inert_text import inert_line

    found = {one.student: one for one in effects(folder.ledger, drafts, folder.rules)}
    for draft in drafts:
        effect = found[draft.student]
        click.echo(inert_line(f"{draft.student}: {sentence(draft.content)}"))
        if effect.before == effect.after:
            click.echo(f"  the mark stays {shown(effect.before)}")
        else:
            click.echo(f"  the mark: {shown(effect.before)} becomes {shown(effect.after)}")


def shown(mark: float | None) -> str:
    """Return a mark as text."""
    return "none" if mark is None else f"{mark:g}"


def rewritten(folder: Folder) -> None:
    """Write `gradebook.csv` and `class.html` again, unless a run is about to do so."""
    from grader.gradebook.overview import rewrite_overview
    from grader.reporting.output_dir import UsageError, exclusive_lock

    lock = contextlib.ExitStack()
    try:
        lock.enter_context(exclusive_lock(folder.out))
    except UsageError:
        click.echo("A run is writing to this folder; it writes gradebook.csv at its end.")
        return
    with lock:
        rewrite_overview(folder.out, folder.run, folder.ledger)


def _with_reason(row: Row, reason: str) -> Row:
    from grader.gradebook.decisions import Row

    return row if row.get("reason") else Row(row.student, {**row.fields, "reason": reason}, row.where)
