"""`grader audit`: prove that the checks of a course accept what is right and reject what is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.grade import COURSE, Refusal, cores, names


@click.command(short_help="Prove the checks: stubs, references, wheat and chaff.")
@click.option("--only", metavar="NAMES", multiple=True, callback=names, help="Just these exercises.")
@click.option(
    "--seeds", metavar="N", type=click.IntRange(min=1), default=1, show_default=True,
    help="Ask so many different sets of inputs.",
)  # fmt: skip
@click.option(
    "--first-seed", metavar="N", type=click.IntRange(min=0), default=1, show_default=True,
    help="The first of them.",
)  # fmt: skip
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), default=cores, show_default="the cores",
    help="So many exercises at a time.",
)  # fmt: skip
@click.option(
    "--class", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Compare both sides of the wall on a class of submissions, too.",
)  # fmt: skip
@click.option("--wall/--no-wall", default=True, show_default=True, help="Examine behind the wall, too.")
@click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=COURSE,
    show_default="the one that ships", help="Another course: a folder with assignments/ and reference/.",
)  # fmt: skip
@click.pass_context
def command(
    context: click.Context,
    *,
    only: tuple[str, ...],
    seeds: int,
    first_seed: int,
    jobs: int,
    folder: Path | None,
    wall: bool,
    course: Path,
) -> None:
    """Examine every stub, reference, wheat and chaff of a course, at the desk and behind the wall.

    Every stub must fail, every reference and wheat pass, every chaff fail by the checks that it names, and
    the verdicts on both sides of the wall must be the same. Failures are shrunk on the first seed only.

    Exit status: 0, so it is; 1, it is not, and what is wrong is listed; 2, the course can't be read.
    """
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from grader.audit import audited
    from grader.course import CourseError, load
    from grader.specimens import SpecimenError, specimens

    try:
        loaded = load(course, only)
        count = sum(1 for _ in specimens(loaded)) * seeds
    except (CourseError, SpecimenError) as error:
        raise Refusal(str(error)) from error
    chosen = range(first_seed, first_seed + seeds)
    wrong: list[str] = []
    done = 0
    with Progress(*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task("auditing", total=count)
        for examined, problems in audited(loaded, chosen, jobs=jobs, wall=wall, folder=folder):
            done += examined
            bar.update(task, completed=done, total=max(count, done))
            for problem in problems:
                bar.console.print(problem, markup=False)
            wrong += problems
    where = "at the desk and behind the wall" if wall else "at the desk"
    click.echo(f"{done} examinations {where}, {seeds} seed{'s' * (seeds > 1)}: {len(wrong)} wrong.")
    if wrong:
        context.exit(1)
