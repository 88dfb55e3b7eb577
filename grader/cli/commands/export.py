"""`grader export`: fill marks in where another system exported its gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import dry_run_option, opened, out_option
from grader.cli.options import CommandError, gradebook_option
from grader.exchange.systems import SYSTEMS

if TYPE_CHECKING:
    from grader.exchange.export import Export
    from grader.exchange.gradesheet import Gradesheet


@click.command(short_help="Fill marks in where another system exported its gradebook.")
@out_option
@click.option(
    "--to", "name", required=True, type=click.Choice(list(SYSTEMS)), help="The system that takes the marks."
)
@click.option(
    "--template", required=True, metavar="FILE", type=click.Path(path_type=Path),
    help="What that system exported. "
    + " ".join(f"{one.name}: {one.template}." for one in SYSTEMS.values()),
)  # fmt: skip
@click.option(
    "--column", metavar="TITLE", default="", show_default="the only one that there is",
    help="The column for the marks: its title, or the number in it.",
)  # fmt: skip
@click.option("--scale", is_flag=True, help="Scale marks to the points of the column, if it has others.")
@click.option(
    "--skip-open", is_flag=True, help="Leave out students whose marks have open points, instead of refusing."
)
@click.option(
    "--skip-unmatched", is_flag=True,
    help="Leave out students who are only in the gradebook or only in the template, instead of refusing.",
)  # fmt: skip
@click.option(
    "--file", "target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    show_default="DIR/export/, with the template's name", help="The file to write.",
)  # fmt: skip
@dry_run_option
@gradebook_option
def command(  # noqa: PLR0913 - one parameter an option
    *, out: Path, name: str, template: Path, column: str, scale: bool, skip_open: bool, skip_unmatched: bool,
    target: Path | None, dry_run: bool, database: str,
) -> None:  # fmt: skip
    """Fill marks in where another system exported its gradebook, for that system to import.

    Only marks that change are written, into one column; every other byte stays as the system wrote it. Before
    anything is written, the file is read back by the rules of the system's importer. Marks are those of
    gradebook.csv: what `grader regrade` found counts after `grader publish`. --dry-run lists the difference
    to what the system has now.

    grader export --out out/class --to canvas --template grades.csv --dry-run

    Exit status: 0: written, or nothing changes; 1: written, and some students were left out (they are
    listed); 2: wrong usage, and nothing was written.
    """
    from grader.exchange import export
    from grader.exchange import template as templates
    from grader.exchange.errors import ExchangeError
    from grader.gradebook import pending
    from grader.gradebook.overview import rows_in

    system = SYSTEMS[name]
    try:
        sheet = system.sheet(templates.read(template, system.separators), column)
        with opened(out, database) as folder:
            rows = rows_in(out, folder.run)
            marks = folder.ledger.marks(folder.rules, [row.name for row in rows])
            if pending.read(out) is not None:
                click.echo("What `grader regrade` found is not published: these marks are without it.")
        choices = export.Choices(scale=scale, skip_open=skip_open, skip_unmatched=skip_unmatched)
        found = export.export(system, sheet, rows, marks, choices)
        show(found, sheet, every=dry_run)
        if dry_run:
            click.echo("Nothing was written: this is a dry run.")
        elif found.content:
            written = write(found.content, out, template, target)
            click.echo(f"Written: {written}")
            click.echo(system.upload)
    except ExchangeError as error:
        raise CommandError(str(error)) from error
    click.get_current_context().exit(1 if found.left_out else 0)


def show(found: Export, sheet: Gradesheet, *, every: bool) -> None:
    """Show what changes: in figures, or every mark."""
    from grader.records.inert_text import inert_line
    from grader.submissions.layouts.layout import count, some

    if every:
        for change in found.changes:
            click.echo(
                inert_line(
                    f"{change.entry.identity.called}: {change.entry.now or 'none'} becomes {change.text}"
                )
            )
    new = f"{count(len(found.changes), 'mark')} for {inert_line(sheet.title)}"
    click.echo(f"{new}; {found.same} the same already, {len(found.unmarked)} without a mark.")
    for note in found.notes:
        click.echo(note)
    if found.by_name:
        click.echo(f"Found by name alone: {some(found.by_name)}.")
    for name, reason in found.left_out:
        click.echo(f"Left out: {inert_line(name)}: {inert_line(reason)}", err=True)


def write(content: bytes, out: Path, template: Path, target: Path | None) -> Path:
    """Write the file, for its owner alone, and return it. Raises `CommandError`."""
    from grader.reporting.output_dir import EXPORT
    from grader.reporting.report import PRIVATE, PRIVATE_FOLDER, write_whole

    path = target or out / EXPORT / template.name
    if path.resolve() == template.resolve():
        raise CommandError(f"{template} is the template: write to another file.")
    try:
        if target is None:
            path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        write_whole(path, content, mode=PRIVATE)
    except OSError as error:
        raise CommandError(f"{str(path)!r} can't be written: {error.strerror}.") from error
    return path
