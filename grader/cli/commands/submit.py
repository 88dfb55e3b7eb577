"""`grader submit`: check all answers, and make the archive to hand in."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, checks_files_in, student_course_option
from grader.reporting.feedback import encodable, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


WIDTH = 80
POINTS = 14


@click.command(short_help="Check all answers, and make the archive to hand in.")
@click.option(
    "--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), show_default="FOLDER-DATE.zip",
    help="The archive to write.",
)  # fmt: skip
@click.option("--check/--no-check", default=True, show_default=True, help="Check all answers first.")
@click.option(
    "--seconds", metavar="N", type=click.FloatRange(min=1), default=300, show_default=True,
    help="Time limit of the check; exercises that it didn't reach are listed.",
)  # fmt: skip
@student_course_option
def command(*, out: Path | None, check: bool, seconds: float, course: Path) -> None:
    """Make an archive of your answers, ready to hand in.

    First, all answers are checked as by `pytest assignments`. You see the points of each section, and what is
    incorrect or still to do. The archive is made whatever the result. It contains the files in
    assignments/ that you fill in, and your own modules and notebooks beside them.

    Exit status: 0: the archive is written; 2: wrong usage, or it can't be written.
    """
    from grader.course.course_toml import CourseError
    from grader.release.submit.packing import SubmitError, gather, pack, require_writable
    from grader.submissions.naming import folder_name

    root = course.resolve()
    today = datetime.now().astimezone().date()
    archive = out or Path(course, f"{folder_name(root.name)}-{today}.zip")
    checks = checks_files_in(root)
    try:
        require_writable(archive)
        packed = gather(root, [path.with_name(path.name.removeprefix("test_")) for path in checks])
        if check:
            _check(root, seconds, checks)
        pack(packed.files, archive)
    except (CourseError, SubmitError) as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{archive} can't be written: {error.strerror or error}.") from error
    for remark in packed.remarks:
        _say(remark)
    count = len(packed.files)
    _say(f"Written: {shown_path(archive)}, with {count} file{'s' * (count != 1)}. Hand in this file.")


def _check(root: Path, seconds: float, checks: Sequence[Path]) -> None:
    """Check all answers, and show what is correct, incorrect and still to do."""
    from grader.course.course_toml import declared
    from grader.local.terminal_summary import points_text
    from grader.release.submit.checking import check

    _say("Checking all answers (--no-check skips this).")
    found = check(root, seconds)
    for section in dict.fromkeys(row.section for row in found.rows):
        rows = [row for row in found.rows if row.section == section]
        title = f"{section}, {rows[0].due}" if rows[0].due else section
        _say(f"{title:<{WIDTH - POINTS}}{points_text(rows):>{POINTS}}")
        _list_names(
            "incorrect", (f"{row.name} ({next(iter(row.wrong))})" for row in rows if row.state == "wrong")
        )
        _list_names("to do", (row.name for row in rows if row.state == "to do"))
        _list_names(
            "partly checked", (row.name for row in rows if row.state == "right" and not row.is_solved)
        )
    reached = {row.name for row in found.rows}
    _list_names("not checked", (name for path in checks for name in declared(path) if name not in reached))
    if found.problem:
        _say(found.problem)
    if not found.rows:
        return
    solved = sum(row.is_solved for row in found.rows)
    _say(f"{points_text(found.rows)} points, {solved} of {len(found.rows)} exercises solved")


def _list_names(what: str, names: Iterable[str]) -> None:
    listed = ", ".join(names)
    if listed:
        from textwrap import fill

        _say(fill(f"{what}: {listed}", WIDTH, initial_indent="  ", subsequent_indent="    "))


def _say(text: str) -> None:
    click.echo(encodable(text, sys.stdout.encoding))
