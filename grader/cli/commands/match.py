"""`grader match`: say who a submission is from, where names alone don't tell."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import CommandError


@click.command(short_help="Say who a submission is from.")
@click.argument("out", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--confirm", "confirmed", metavar="SUBMISSION=STUDENT", multiple=True,
    help="The submission is this student's, named as in the roster: by id, email, login or name. Without a "
    "student, what was confirmed is taken back.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show what would be in the file.")
def command(*, out: Path, confirmed: tuple[str, ...], dry_run: bool) -> None:
    """Say who submissions are from that no student of the roster could be found for.

    `grader grade --roster FILE --out DIR` writes to DIR/matches.csv who they may be from. This command lists
    that, and puts a yes where you confirm it; editing the file does the same. The next `grader grade` uses
    it.

    Exit status: 0: success; 2: wrong usage.
    """
    from grader.reporting import matches
    from grader.reporting.matches import MatchesError
    from grader.reporting.output_dir import UsageError, exclusive_lock, write_or_refuse

    pairs = [split(pair) for pair in confirmed]
    try:
        with exclusive_lock(out):
            rows = matches.read(out)
            for submission, student in pairs:
                rows = matches.confirmed(rows, submission, student)
            matches.confirmed_in(rows, out / matches.FILE)
            if pairs and not dry_run:
                write_or_refuse(lambda: matches.write(out, rows))
    except (MatchesError, UsageError) as error:
        raise CommandError(str(error)) from error
    for one in rows:
        how = "confirmed" if one.is_confirmed else f"may be, {one.score} of 100"
        click.echo(f"{one.submission} = {one.student}{f' ({one.name})' if one.name else ''}: {how}")
    if not rows:
        click.echo(f"There is nothing to confirm in {out}.")


def split(pair: str) -> tuple[str, str]:
    """Return the submission and the student in SUBMISSION=STUDENT. Raises `CommandError`."""
    submission, separator, student = pair.rpartition("=")
    if not separator or not submission.strip():
        raise CommandError(f'--confirm {pair!r} must be SUBMISSION=STUDENT, as in --confirm "hw1_ada=12345".')
    return submission.strip(), student.strip()
