"""`grader calibrate`: make the bands of training checks again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, cores, course_option, full_images, only_option

if TYPE_CHECKING:
    from grader.authoring.calibrate import Chaff
    from grader.records.worker_protocol import DataSet


@click.command(short_help="Make the bands of training checks again.")
@only_option
@click.option(
    "--seeds", metavar="N", type=click.IntRange(min=20), default=200, show_default=True,
    help="Train the reference so many times.",
)  # fmt: skip
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), default=cores, show_default="the cores",
    help="So many trainings at a time.",
)  # fmt: skip
@click.option(
    "--data", type=click.Choice(["subset", "full"]), default="subset", show_default=True,
    help="Train on the images that ship, or on all of Fashion-MNIST: each has a band of its own.",
)  # fmt: skip
@course_option
@click.pass_context
def command(
    context: click.Context, *, only: tuple[str, ...], seeds: int, jobs: int, data: DataSet, course: Path
) -> None:
    """Train the reference with many seeds, and write the band in which right models end.

    Chaff is trained, too; on the full set only what no law rejects. The band goes to
    assignments/CHAPTER/bands.json, how it came about to reference/CHAPTER/bands.json, and a plot of both
    distributions to reference/CHAPTER/bands/.

    Exit status: 0, the bands are made; 1, a chaff slips through its band, and no law rejects it; 2, the
    course can't be read.
    """
    from rich.progress import Progress, TimeRemainingColumn

    from grader.authoring.calibrate import OUTLIER, calibrate, slips_through
    from grader.course.course import CourseError, demand_reference, load
    from grader.judging.evaluation import GraderFault

    try:
        loaded = load(course, only)
        demand_reference(loaded)
    except CourseError as error:
        raise Refusal(str(error)) from error
    images = Path(full_images()) if data == "full" else loaded.data
    with Progress(*Progress.get_default_columns()[:-1], TimeRemainingColumn()) as bar:
        tasks = {}

        def progress(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done)

        try:
            made = list(calibrate(loaded, images, data, seeds=seeds, jobs=jobs, progress=progress))
        except GraderFault as error:
            raise click.ClickException(str(error)) from error
    for training, result in made:
        click.echo(
            f"{training.exercise.name}, {training.check.band}: {result.band.low:.4g} to "
            f"{result.band.high:.4g} ({result.runs} runs: median {result.median:.4g}, "
            f"seen {result.least:.4g} to {result.greatest:.4g})"
        )
        if result.outlier < OUTLIER:
            click.echo(
                f"  The farthest run is an outlier (p = {result.outlier:.1g}): the tail is not normal. "
                "Is there a steadier statistic?"
            )
        for chaff in result.chaff:
            ended = ", ".join("nowhere" if figure is None else f"{figure:.4g}" for figure in chaff.figures)
            click.echo(f"  {chaff.name}: {ended}  {_where(chaff)}")
    if not made:
        click.echo("No training checks here: nothing to calibrate.")
    slipped = [chaff.name for _training, result in made for chaff in result.chaff if slips_through(chaff)]
    if slipped:
        context.exit(1)


def _where(chaff: Chaff) -> str:
    from grader.authoring.calibrate import slips_through

    if slips_through(chaff):
        return "INSIDE, and nothing else rejects it: add a law"
    return "outside" if chaff.outside else f"inside; rejected by {', '.join(chaff.laws)}"
