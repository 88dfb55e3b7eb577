"""`grader grade`: grade a class in the sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.options import Refusal, cores, course_option, full_images, names, only_option
from grader.course.course_toml import MAX_SEED, CourseError, read
from grader.records.devices import CHOICES
from grader.reporting import github

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.grading.run import Run
    from grader.records.devices import Device
    from grader.records.worker_protocol import Attempts, DataSet, Sandbox
    from grader.reporting.console import Screen
    from grader.reporting.formats import Results

INTERRUPTED: Final = 130
"""What shells show of a program that an interrupt from the keyboard ended."""


def formats_of(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in `--format junit,github`. Raises `BadParameter` where one isn't known."""
    from grader.reporting.formats import NAMES

    wanted = names(context, option, values)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise click.BadParameter(f"there is no format {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    return wanted


@click.command(short_help="Grade submissions in the sandbox.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Write the reports here."
)
@only_option
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), default=cores, show_default="the cores",
    help="So many submissions at a time.",
)  # fmt: skip
@click.option(
    "--device", type=click.Choice(CHOICES), default="cpu", show_default=True,
    help="Where tensors live: auto is cuda where there is such a device; with all, each question is asked on "
    "the CPU, then on the GPU, and an answer has to be right on both.",
)  # fmt: skip
@click.option(
    "--seed", metavar="N", type=click.IntRange(0, MAX_SEED), show_default="from the system's entropy",
    help="Draw the inputs from this seed: the same seed gives the same verdicts. It is kept in DIR. A course "
    "may fix it in its course.toml.",
)  # fmt: skip
@click.option(
    "--attempts", type=click.Choice(["best", "last"]), default="best", show_default=True,
    help="Which definition counts where a notebook defines a name several times.",
)  # fmt: skip
@click.option("--regrade", is_flag=True, help="Start over: grade again what is graded already.")
@click.option("--single", is_flag=True, help="Each PATH is one submission, whatever it holds.")
@course_option
@click.option(
    "--data", type=click.Choice(["subset", "full"]), default="subset", show_default=True,
    help="Train on the images that ship, or on all of Fashion-MNIST, downloaded if need be.",
)  # fmt: skip
@click.option(
    "--format", "formats", metavar="NAMES", multiple=True, callback=formats_of,
    help="Write the results in these formats, too: junit (DIR/junit.xml), github (remarks and the summary of "
    "a job of GitHub Actions), gradescope (DIR/results.json).",
)  # fmt: skip
@click.option(
    "--metadata", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Gradescope's submission_metadata.json: late days and earlier submissions go into its results.",
)  # fmt: skip
@click.option(
    "--sandbox", type=click.Choice(["full", "weak", "none"]), default="full", show_default=True,
    help="weak makes do with the layers that this machine has (see `grader doctor`); with none, students' "
    "code can read and change what you can.",
)  # fmt: skip
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    out: Path,
    only: tuple[str, ...],
    jobs: int,
    device: Device,
    seed: int | None,
    attempts: Attempts,
    regrade: bool,
    single: bool,
    course: Path,
    data: DataSet,
    formats: tuple[str, ...],
    metadata: Path | None,
    sandbox: Sandbox,
) -> None:
    """Grade submissions, each in a sandbox of its own.

    A PATH that is a file is one submission: a .py file, a notebook, a .zip, .tar.gz or .tgz. A folder is a
    class, each thing in it one submission, unless it directly holds a section's module by name
    (softmax_regression_scratch.py) or --single is given: then it is one submission.

    DIR/submissions/NAME/report.json has each result, feedback.html beside it the same for its student,
    DIR/gradebook.csv all points, DIR/class.html what the class can do and what it gets wrong. Reports are
    written as they come. The same command again goes on where it stopped: what is graded already, with the
    same content, checks, seed, versions and options, is kept, unless --regrade is given.

    Exit status: 0, all were graded, whatever the marks; 1, something could not be graded, through no fault of
    its student's (it is named, and the next run tries again); 2, wrong usage; 130, interrupted.
    """
    # What takes long to import is imported only when something is to be graded.
    from grader.grading.run import GraderFailed, Request, grade
    from grader.records.worker_protocol import Config
    from grader.reporting.console import Screen
    from grader.reporting.formats import Results
    from grader.reporting.output_dir import UsageError, seed_for

    screen = Screen()
    usual = usual_seed(course)
    demand_fit(formats, paths, metadata, single=single)
    try:
        config = Config(
            course=str(course.resolve()),
            only=only,
            seed=seed_for(out, seed, regrade=regrade, usual=usual),
            device=device,
            sandbox=sandbox,
            attempts=attempts,
            data=data,
            images=full_images() if data == "full" else None,
        )
        asked = Request(paths=paths, out=out, config=config, jobs=jobs, single=single, regrade=regrade)
        with github.quietly(click.echo), screen:
            run = grade(asked, screen)
    except UsageError as error:
        raise Refusal(str(error)) from error
    except GraderFailed as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Interrupted before anything was graded.", err=True)
        context.exit(INTERRUPTED)
    results = Results(
        reports=run.reports, paths=run.paths, out=out, metadata=metadata,
        foreseeable=(seed, usual) != (None, None), say=click.echo,
    )  # fmt: skip
    publish(formats, results)
    with github.quietly(click.echo):
        status = conclude(screen, run, out, course)
    context.exit(status)


def publish(formats: Sequence[str], results: Results) -> None:
    """Write the results in other systems' formats. Raises `Refusal`; the reports are there all the same."""
    from grader.reporting import formats as available

    for name in formats:
        try:
            available.write(name, results)
        except available.FormatError as error:
            raise Refusal(str(error)) from error
        except OSError as error:
            raise Refusal(f"{str(error.filename)!r} can't be written: {error.strerror}.") from error


def demand_fit(formats: Sequence[str], paths: Sequence[Path], metadata: Path | None, *, single: bool) -> None:
    """Refuse before anything is graded what a format would refuse afterwards. Raises `Refusal`."""
    from grader.reporting import formats as available

    try:
        available.demand_fit(formats, metadata, alone=len(paths) == 1 and (single or not paths[0].is_dir()))
    except available.FormatError as error:
        raise Refusal(str(error)) from error


def usual_seed(course: Path) -> int | None:
    """Return the seed of a course that fixes it. Raises `Refusal`."""
    try:
        syllabus = read(course)
    except CourseError as error:
        raise Refusal(str(error)) from error
    return syllabus.seed.value if syllabus else None


def conclude(screen: Screen, run: Run, out: Path, course: Path) -> int:
    """Show what came of a run, and return the exit status."""
    from grader.reporting import gradebook
    from grader.reporting.console import remark
    from grader.reporting.output_dir import leftovers, reports_in
    from grader.reporting.pages import class_overview, student
    from grader.submissions.contents import printable

    screen.show(run.reports, run.outline.unread)
    screen.say(f"Gradebook: {out / gradebook.FILE}")
    screen.say(f"Class:     {out / class_overview.FILE}")
    screen.say(f"Feedback:  {reports_in(out) / '<submission>' / student.FILE}; beside it, report.json")
    graded = [one for one in run.reports if one.status == "graded"]
    if graded and all(result.status == "missing" for one in graded for result in one.exercises):
        screen.say(
            f"None of them has any exercise of the course in {course}. "
            "Is it theirs? --course DIR names another."
        )
    earlier = leftovers(out, [one.submission for one in run.reports])
    if earlier and not run.interrupted:
        screen.say(f"{earlier} more of submissions that were not among these; the gradebook leaves them out.")
    failed = [one for one in run.reports if one.status == "not_graded"]
    for one in failed:
        click.echo(f"{printable(one.submission)}: {remark(one)}", err=True)
    if run.interrupted:
        click.echo("Interrupted. The same command goes on from here: what is graded is kept.", err=True)
        return INTERRUPTED
    return 1 if failed else 0
