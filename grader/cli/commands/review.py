"""`grader review`: mark what students wrote in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import author_option, opened, out_option, rewritten
from grader.cli.options import CommandError, gradebook_option

if TYPE_CHECKING:
    from grader.cli.gradebook_options import Folder
    from grader.gradebook.review import Review


@click.command(short_help="Mark what students wrote in words.")
@out_option
@click.option("--only", metavar="NAME", default="", help="Only this question of [marks.written].")
@click.option("--anonymous", is_flag=True, help="Show no names.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=0, show_default="any free one",
    help="The port of the page, on this machine only.",
)  # fmt: skip
@click.option(
    "--sheets", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
    help="Write a sheet to print and a table for `grader adjust --csv` for each question, and serve no page.",
)  # fmt: skip
@author_option
@gradebook_option
def command(
    *, out: Path, only: str, anonymous: bool, port: int, sheets: Path | None, author: str, database: str
) -> None:
    """Mark written answers: the Markdown below headings with a section's number, in notebooks and answers.md.

    Questions, points and rubrics are in course.toml ([marks.written], [marks.rubrics]). A page shows one
    question with all answers, equal and nearly equal ones together, so that one comment serves many. It is
    served on this machine only, to whoever knows the address that is printed; Ctrl-C ends it. Points and
    comments are recorded in the gradebook at once, and are on the students' pages after the end. Several
    people can mark at once: who comes second sees what the first one said before it is replaced.

    grader review --out out/class --anonymous

    grader review --out out/class --sheets sheets

    Exit status: 0: done; 2: wrong usage, or there is nothing to mark.
    """
    from grader.gradebook.errors import GradebookError
    from grader.gradebook.review_pages import write_sheets

    with opened(out, database, author) as folder:
        review = review_of(folder, only)
        if sheets is None:
            serve(review, port, anonymous=anonymous)
            rewritten(folder)
            return
        try:
            for path in write_sheets(sheets, review, anonymous=anonymous):
                click.echo(path)
        except OSError as error:
            raise CommandError(f"{str(error.filename)!r} can't be written: {error.strerror}.") from error
        except GradebookError as error:
            raise CommandError(str(error)) from error


def review_of(folder: Folder, only: str) -> Review:
    """Return the questions of a course, with the answers in the reports that count. Raises `CommandError`."""
    from grader.course.unknown_names import advice
    from grader.gradebook.overview import names_in
    from grader.gradebook.review import Review
    from grader.gradebook.written_answers import not_asked, questions_of
    from grader.reporting import output_dir, report

    policy = folder.rules.policy
    if not policy.written:
        raise CommandError(
            "Nothing is to be marked by hand: course.toml has no [marks.written], such as "
            'written = {"4.4" = 5}.'
        )
    if only and only not in policy.written:
        raise CommandError(f"There is no question {only}{advice([only], list(policy.written))}")
    reports = output_dir.reports_in(folder.out)
    every = [one for name in names_in(folder.out, folder.run) if (one := report.read(reports / name))]
    others = not_asked(policy, every)
    if others:
        click.echo(f"Students also wrote about {', '.join(others)}, which [marks.written] doesn't name.")
    questions = [one for one in questions_of(policy, every) if only in {"", one.name}]
    return Review(questions, folder.ledger)


def serve(review: Review, port: int, *, anonymous: bool) -> None:
    """Serve the pages until Ctrl-C. Raises `CommandError` if the port is taken."""
    from grader.gradebook.review_server import ReviewServer

    try:
        server = ReviewServer(review, port, anonymous=anonymous)
    except OSError as error:
        raise CommandError(f"Port {port} can't be used: {error.strerror}.") from error
    with server:
        click.echo(f"Open {server.address}\nCtrl-C ends it; everything that was saved is recorded.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Ended.")
