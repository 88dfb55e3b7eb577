"""`grader regrade`: grade again after a check changed, and show the difference first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import dry_run_option, out_option
from grader.cli.options import (
    CommandError,
    cluster_option,
    full_data_folder,
    jobs_on,
    jobs_option,
    only_option,
)
from grader.submissions.layouts import AUTO, NAMED

if TYPE_CHECKING:
    from grader.gradebook.differences import Policy
    from grader.gradebook.pending import Pending
    from grader.grading.cluster.settings import Cluster


@click.command(short_help="Grade again after a check changed, and show the difference first.")
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@out_option
@click.option(
    "--policy", type=click.Choice(["all", "never-lower"]), default="all", show_default=True,
    help="all: what is found now counts. never-lower: an exercise that would lose points keeps them.",
)  # fmt: skip
@only_option
@click.option(
    "--student",
    "students",
    metavar="NAME",
    multiple=True,
    help="Just this student. Can be repeated.",
)
@click.option("--all", "everything", is_flag=True, help="Also what no check or version can have changed.")
@click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    show_default="the course of the last run", help="The course: a folder with assignments/ and reference/.",
)  # fmt: skip
@jobs_option("Number of submissions graded")
@cluster_option
@click.option(
    "--layout", type=click.Choice([AUTO, *NAMED]), default=AUTO, show_default=True,
    help="What the folders among the PATHs are, as for `grader grade`.",
)  # fmt: skip
@dry_run_option
def command(  # noqa: PLR0913 - one parameter an option
    *, paths: tuple[Path, ...], out: Path, policy: Policy, only: tuple[str, ...],
    students: tuple[str, ...], everything: bool,
    course: Path | None, jobs: int, cluster: Cluster | None, layout: str, dry_run: bool,
) -> None:  # fmt: skip
    """Grade again what a changed check, course or version affects, and show the difference.

    Each attempt sits the exam that it sat before, and those that don't count are graded again, too. Shown are
    who gains and who loses, how much, and by which check with which counterexample; DIR/regrade/regrade.html
    has the same as a page. Reports, feedback and gradebook.csv stay as they are until `grader publish --out
    DIR`. Until then the next `grader regrade` starts over.

    Submissions are looked for where `grader grade` found them; a PATH says where they are now. --only takes
    just these exercises from what is found now.

    Exit status: 0: done, whatever the difference; 1: something could not be graded anew (it is listed); 2:
    wrong usage.
    """
    from grader.course.course_toml import CourseError
    from grader.gradebook.errors import GradebookError
    from grader.grading.regrade import RegradeRequest, regrade
    from grader.grading.workers import GraderFailed
    from grader.records.worker_protocol import Config
    from grader.reporting.console import Screen
    from grader.reporting.output_dir import Source, UsageError, read_run

    screen = Screen()
    try:
        run = read_run(out)
        where = str(course.resolve()) if course is not None else run.course if run is not None else ""
        if run is None or not where:
            raise CommandError(
                f"{out} doesn't say which course it was graded with: name it with --course, and a PATH."
            )
        here = Source(tuple(str(path.absolute()) for path in paths), layout)
        config = Config(
            course=where, seed=run.seed, device=run.device, jobs=jobs_on(cluster, jobs), sandbox=run.sandbox,
            attempts=run.attempts, data=run.data,
            images=full_data_folder(Path(where)) if run.data == "full" else None,
        )  # fmt: skip
        asked = RegradeRequest(
            out=out, run=run, config=config, sources=[here] if paths else run.sources, policy=policy,
            only=only, students=students, everything=everything, keep=not dry_run, cluster=cluster,
        )  # fmt: skip
        with screen:
            found = regrade(asked, screen)
    except (CourseError, GradebookError, UsageError) as error:
        raise CommandError(str(error)) from error
    except GraderFailed as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.ClickException("Interrupted: nothing changed.") from None
    show(found, out, dry_run=dry_run)
    click.get_current_context().exit(1 if found.not_regraded else 0)


def show(found: Pending, out: Path, *, dry_run: bool) -> None:
    """Show what a regrading found."""
    from grader.gradebook.pending import FOLDER, PAGE
    from grader.records.inert_text import inert_line

    for one in found.changed:
        click.echo(f"{one.called}: {one.before:g} becomes {one.after:g} ({one.gain:+g})")
        for exercise in one.exercises:
            click.echo(f"  {exercise.exercise}: {exercise.before:g} becomes {exercise.after:g}")
            for check in exercise.checks:
                click.echo(f"    {check.name}: {check.before or 'new'}, now {check.after or 'gone'}")
                if check.counterexample:
                    click.echo(f"      {inert_line(check.counterexample)}")
    for name, reason in found.not_regraded:
        click.echo(f"{name}: not graded anew: {reason}", err=True)
    if not found.differences:
        click.echo("Nothing to grade anew: these checks and versions made all reports.")
        return
    if found.other_checks:
        click.echo(f"Other results of checks, and the same points: {', '.join(found.other_checks)}")
    click.echo(found.summary)
    if dry_run:
        click.echo("Nothing was kept: this is a dry run.")
    else:
        click.echo(f"Page: {out / FOLDER / PAGE}")
        click.echo(f"Nothing is published yet: `grader publish --out {out}` does that.")
