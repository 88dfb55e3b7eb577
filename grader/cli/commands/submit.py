"""`grader submit`: check a last time, and make the archive to hand in."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, checks_below, here_option
from grader.reporting.feedback import printable, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


WIDTH = 80
POINTS = 14


@click.command(short_help="Check a last time, and make the archive to hand in.")
@click.option(
    "--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), show_default="FOLDER-DATE.zip",
    help="The archive.",
)  # fmt: skip
@click.option("--check/--no-check", default=True, show_default=True, help="Check before.")
@click.option(
    "--seconds", metavar="N", type=click.FloatRange(min=1), default=300, show_default=True,
    help="The time for the check; what it didn't get to is named.",
)  # fmt: skip
@here_option
def command(*, out: Path | None, check: bool, seconds: float, course: Path) -> None:
    """Make an archive of your answers, to be handed in as it is.

    Before, everything is checked once more, as `pytest assignments` does: you see the points of each section,
    and what is wrong or still to do. Whatever comes of that, the archive is made. It holds the files in
    assignments/ that you fill in, and nothing else.

    Exit status: 0, the archive is there; 2, it can't be made.
    """
    from grader.course.course_toml import CourseError
    from grader.release.submit.packing import SubmitError, demand_free, gathered, pack
    from grader.submissions.naming import folder_name

    root = course.resolve()
    today = datetime.now().astimezone().date()
    archive = out or Path(course, f"{folder_name(root.name)}-{today}.zip")
    checks = checks_below(root)
    try:
        demand_free(archive)
        packed = gathered(root, [path.with_name(path.name.removeprefix("test_")) for path in checks])
        if check:
            _check(root, seconds, checks)
        pack(packed.files, archive)
    except (CourseError, SubmitError) as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(f"{archive} can't be written: {error.strerror or error}.") from error
    for remark in packed.remarks:
        _say(remark)
    count = len(packed.files)
    _say(f"Written: {shown_path(archive)}, with {count} file{'s' * (count != 1)}. This is what you hand in.")


def _check(root: Path, seconds: float, checks: Sequence[Path]) -> None:
    """Say what is right, what is wrong and what is still to do."""
    from grader.course.course_toml import declared
    from grader.local.terminal_summary import points_of
    from grader.release.submit.checking import check

    _say("Checking everything once more; --no-check leaves that out.")
    found = check(root, seconds)
    for section in dict.fromkeys(row.section for row in found.rows):
        rows = [row for row in found.rows if row.section == section]
        title = f"{section}, {rows[0].due}" if rows[0].due else section
        _say(f"{title:<{WIDTH - POINTS}}{points_of(rows):>{POINTS}}")
        _name("wrong", (f"{row.name} ({next(iter(row.wrong))})" for row in rows if row.state == "wrong"))
        _name("to do", (row.name for row in rows if row.state == "to do"))
        _name("not all checked", (row.name for row in rows if row.state == "right" and not row.is_solved))
    reached = {row.name for row in found.rows}
    _name("not checked", (name for path in checks for name in declared(path) if name not in reached))
    if found.problem:
        _say(found.problem)
    if not found.rows:
        return
    solved = sum(row.is_solved for row in found.rows)
    _say(f"{points_of(found.rows)} points, {solved} of {len(found.rows)} exercises solved")


def _name(what: str, names: Iterable[str]) -> None:
    listed = ", ".join(names)
    if listed:
        from textwrap import fill

        _say(fill(f"{what}: {listed}", WIDTH, initial_indent="  ", subsequent_indent="    "))


def _say(text: str) -> None:
    click.echo(printable(text, sys.stdout.encoding))
