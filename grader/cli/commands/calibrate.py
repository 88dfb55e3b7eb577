"""`grader calibrate`: compute the bands of training checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import (
    CommandError,
    course_option,
    data_option,
    full_data_folder,
    jobs_option,
    only_option,
)

if TYPE_CHECKING:
    from grader.authoring.calibrate import Chaff
    from grader.records.worker_protocol import DataSize


@click.command(short_help="Compute the bands of training checks.")
@only_option
@click.option(
    "--seeds", metavar="N", type=click.IntRange(min=20), default=200, show_default=True,
    help="Number of training runs of the reference, each with another seed.",
)  # fmt: skip
@jobs_option("Number of training runs")
@data_option
@course_option
@click.pass_context
def command(
    context: click.Context, *, only: tuple[str, ...], seeds: int, jobs: int, data: DataSize, course: Path
) -> None:
    """Train the reference with many seeds, and write the band in which correct models end.

    Each data set has a band of its own. Chaff is trained too; on the full set only chaff that no law rejects.
    The band is written to assignments/CHAPTER/bands.json, how it was computed to
    reference/CHAPTER/bands.json, and a plot of both distributions to reference/CHAPTER/bands/.

    Exit status: 0: the bands are written; 1: a chaff ends inside its band and no law rejects it, or training
    failed; 2: wrong usage, or the course can't be read.
    """
    from rich.progress import Progress, TimeRemainingColumn

    from grader.authoring.calibrate import OUTLIER, calibrate, slips_through
    from grader.course.course import CourseError, load, require_reference
    from grader.judging.evaluation import GraderFault

    try:
        loaded = load(course, only)
        require_reference(loaded)
    except CourseError as error:
        raise CommandError(str(error)) from error
    images = Path(full_data_folder(course)) if data == "full" else loaded.data
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
            f"range {result.least:.4g} to {result.greatest:.4g})"
        )
        if result.outlier < OUTLIER:
            click.echo(
                f"  The run farthest from the median is an outlier (p = {result.outlier:.1g}): the "
                "distribution isn't normal. Use a more stable statistic."
            )
        for chaff in result.chaff:
            ended = ", ".join("failed" if figure is None else f"{figure:.4g}" for figure in chaff.figures)
            click.echo(f"  {chaff.name}: {ended}  {_position(chaff)}")
    if not made:
        click.echo("There are no training checks to calibrate.")
    slipped = [chaff.name for _training, result in made for chaff in result.chaff if slips_through(chaff)]
    if slipped:
        context.exit(1)


def _position(chaff: Chaff) -> str:
    from grader.authoring.calibrate import slips_through

    if slips_through(chaff):
        return "INSIDE the band, and no law rejects it: add a law"
    return "outside the band" if chaff.outside else f"inside the band; rejected by {', '.join(chaff.laws)}"
