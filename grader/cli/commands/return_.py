"""`grader return`: pack feedback pages for another system."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.gradebook_options import dry_run_option, out_option
from grader.cli.options import CommandError
from grader.exchange.mailboxes import MAILBOXES


@click.command("return", short_help="Pack feedback pages for another system.")
@out_option
@click.option(
    "--to", "name", required=True, type=click.Choice(list(MAILBOXES)), help="The system that takes the pages."
)
@click.option(
    "--template", required=True, metavar="PATH", type=click.Path(path_type=Path),
    help="What the names come from. "
    + " ".join(f"{one.name}: {one.template}." for one in MAILBOXES.values()),
)  # fmt: skip
@click.option(
    "--file", "target", metavar="FILE.zip", type=click.Path(dir_okay=False, path_type=Path),
    show_default="DIR/export/feedback-SYSTEM.zip", help="The archive to write.",
)  # fmt: skip
@dry_run_option
def command(*, out: Path, name: str, template: Path, target: Path | None, dry_run: bool) -> None:
    """Pack the feedback page of each student under the name by which a system takes it back in bulk.

    A page is one file that loads nothing else, and has nothing of another student; members of a group get the
    page of their group. Who can't be found in the template is listed.

    Exit status: 0: written; 1: written, and some students get no page (they are listed); 2: wrong usage, and
    nothing was written.
    """
    from grader.cli.commands.export import write
    from grader.exchange.errors import ExchangeError
    from grader.exchange.feedback import pack
    from grader.gradebook.overview import rows_in
    from grader.records.inert_text import inert_line
    from grader.reporting.output_dir import UsageError, read_run
    from grader.submissions.layouts.layout import count

    mailbox = MAILBOXES[name]
    try:
        run = read_run(out)
        if run is None:
            raise CommandError(
                f"There are no reports in {out}: is it the folder that `grader grade --out` wrote?"
            )
        packed = pack(mailbox, template, out, rows_in(out, run))
    except (ExchangeError, UsageError) as error:
        raise CommandError(str(error)) from error
    click.echo(f"{count(packed.pages, 'page')} for {mailbox.title}.")
    for student, reason in packed.left_out:
        click.echo(f"Left out: {inert_line(student)}: {inert_line(reason)}", err=True)
    if dry_run:
        click.echo("Nothing was written: this is a dry run.")
    else:
        click.echo(f"Written: {write(packed.content, out, Path(f'feedback-{name}.zip'), target)}")
        click.echo(mailbox.upload)
    click.get_current_context().exit(1 if packed.left_out else 0)
