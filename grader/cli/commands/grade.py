"""`grader grade`: grade submissions in the sandbox."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from grader.cli.interruption import as_interrupts
from grader.cli.options import (
    CommandError,
    cluster_option,
    course_option,
    data_option,
    full_data_folder,
    gradebook_option,
    jobs_on,
    jobs_option,
    only_option,
    split_names,
)
from grader.course.course_toml import MAX_SEED, CourseError, read
from grader.records.devices import CPU, device_option
from grader.reporting import github
from grader.reporting.formats import FORMATS, FormatError, Results, described
from grader.reporting.formats import Request as FormatRequest
from grader.submissions.layouts import AUTO, NAMED, SINGLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.grading.cluster.settings import Cluster
    from grader.grading.run import Run
    from grader.records.worker_protocol import Attempts, DataSize, Sandbox
    from grader.reporting.console import Screen

FOLLOWING: Final = (
    "Following: what is there and what arrives is graded once it has not changed for 2 s, the newest first. "
    "Ctrl-C ends it; nothing is lost."
)
GUESSABLE: Final = 2**32
"""Smaller seeds can be tried one after the other, by somebody who knows some of the inputs."""


def split_formats(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names in `--format junit,github`. Raises `BadParameter` if one is unknown."""
    wanted = split_names(context, option, values)
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise click.BadParameter(f"there is no format {', '.join(unknown)}. There are: {', '.join(FORMATS)}.")
    return wanted


def device_named(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Return the value of `--device`. Raises `BadParameter` if it can't name a device."""
    try:
        return device_option(value)
    except ArgumentTypeError as error:
        raise click.BadParameter(str(error)) from error


def gone(_context: click.Context, _option: click.Parameter, value: object) -> None:
    """Raise `CommandError` for an option that is a command now."""
    if value:
        raise CommandError(
            "`grade --regrade` is gone: `grader regrade --out DIR` grades on the same exams again, and shows "
            "who gains and who loses before anything changes. For another seed, choose another "
            "folder with --out."
        )


@click.command(short_help="Grade submissions in the sandbox.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder for the reports."
)
@only_option
@jobs_option("Number of submissions graded")
@cluster_option
@click.option(
    "--device", metavar="DEVICE", callback=device_named, default=CPU, show_default=True,
    help="The device of the tensors: cpu, cuda, or cuda:1 for the second GPU. auto: a GPU if there is one. "
    "all: run every question on the CPU and on the GPU; an answer must be correct on both.",
)  # fmt: skip
@click.option(
    "--seed", metavar="N", type=click.IntRange(0, MAX_SEED), show_default="random",
    help="Seed of the inputs, to reproduce a run: the same seed gives the same verdicts. It is stored in "
    "DIR. A course can fix it in its course.toml. A small number can be guessed.",
)  # fmt: skip
@click.option(
    "--attempts", type=click.Choice(["best", "last"]), default="best", show_default=True,
    help="Which definition counts if a file or notebook defines a name several times.",
)  # fmt: skip
@click.option(
    "--regrade", is_flag=True, hidden=True, expose_value=False, callback=gone, is_eager=True,
    help="Moved to `grader regrade`.",
)  # fmt: skip
@click.option("--single", is_flag=True, help="Each PATH is one submission, whatever it contains.")
@click.option(
    "--layout", type=click.Choice([AUTO, *NAMED]), default=AUTO, show_default=True,
    help="What the folders among the PATHs are. auto: what each looks like; the first lines say it. "
    + " ".join(f"{one.name}: {one.help}." for one in NAMED.values()),
)  # fmt: skip
@click.option(
    "--roster", metavar="FILE", type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="A table of the students, as Canvas, Moodle, Gradescope or a spreadsheet writes it: names, ids, "
    "emails, logins, sections. Then the gradebook has who is missing, and students' names and ids.",
)  # fmt: skip
@click.option(
    "--follow", is_flag=True,
    help="Don't end: grade what arrives in the PATHs, the newest first, until Ctrl-C or SIGTERM.",
)  # fmt: skip
@course_option
@data_option
@click.option(
    "--format", "formats", metavar="NAMES", multiple=True, callback=split_formats,
    help=f"Also write the results in these formats: {described()}.",
)  # fmt: skip
@click.option(
    "--metadata", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Gradescope's submission_metadata.json: adds late days and earlier submissions to --format "
    "gradescope.",
)  # fmt: skip
@click.option(
    "--sandbox", type=click.Choice(["full", "weak", "none"]), default="full", show_default=True,
    help="full: refuse to grade if this machine lacks a layer of the sandbox. weak: use the layers that it "
    "has (see `grader doctor`). none: resource limits only; submitted code can then read and change "
    "whatever you can.",
)  # fmt: skip
@gradebook_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    out: Path,
    only: tuple[str, ...],
    jobs: int,
    cluster: Cluster | None,
    device: str,
    seed: int | None,
    attempts: Attempts,
    single: bool,
    layout: str,
    roster: Path | None,
    follow: bool,
    course: Path,
    data: DataSize,
    formats: tuple[str, ...],
    metadata: Path | None,
    sandbox: Sandbox,
    database: str,
) -> None:
    """Grade submissions, each in a sandbox of its own.

    A PATH that is a file is one submission: a .py file, a notebook, a .zip, .tar.gz or .tgz. A folder is a
    download from Canvas, Moodle, Gradescope, Blackboard or Brightspace, submissions to nbgrader, archives of
    otter-grader or clones from GitHub, if the names in it are like theirs; or one submission, if it contains
    files named after sections (softmax_regression_scratch.py), and more of them than of what may be students'
    work; else it is a class with one submission per file or folder in it. The first lines say what each PATH
    was taken for; --single and --layout overrule it. One student is one row, however many files or attempts
    there are: course.toml says which attempt counts.

    Written to DIR: gradebook.csv with the points of the class; class.html with statistics of the class; and
    for each submission submissions/NAME/report.json with all results, and feedback.html, the page for its
    student. Reports are written as soon as a submission is graded.

    With --follow, the command goes on until it is ended, and grades what arrives: a folder into which a
    course's system uploads, for example. It may be killed at any time, and goes on when it is started again.

    The same command again continues an interrupted run. Reports on unchanged submissions are kept, if
    seed and options are the same as before. Where the checks or versions changed, they are kept, too, and
    `grader regrade` shows what would change.

    Each report is also recorded in DIR/gradebook.db, from which marks follow with course.toml ([marks]).
    Files with marks are readable by you alone.

    Exit status: 0: all submissions were graded, whatever their points; 1: some, or some of their checks,
    could not be graded, through no fault of their students (they are listed, and the next run tries again);
    2: wrong usage; 130, 143 or 129: interrupted by Ctrl-C, SIGTERM or SIGHUP, with what was graded until
    then in the gradebook.
    """
    # Slow imports, which `--help` does not need.
    from grader.grading.follow import follow as grade_arrivals
    from grader.grading.run import Request, grade
    from grader.grading.workers import GraderFailed
    from grader.records.worker_protocol import Config
    from grader.reporting import gradebook
    from grader.reporting.console import Log, Screen
    from grader.reporting.output_dir import UsageError, seed_for

    screen = Screen()
    interruption = context.with_resource(as_interrupts())
    course_seed = fixed_seed(course)
    check_formats(formats, paths, metadata, single=single)
    if single and layout != AUTO:
        raise CommandError(f"--single and --layout {layout} contradict each other: name only one of them.")
    if follow:
        check_follow(paths, formats, single=single)
    try:
        config = Config(
            course=str(course.resolve()),
            only=only,
            seed=seed_for(out, seed, course_seed=course_seed),
            device=device,
            jobs_chosen=context.get_parameter_source("jobs") is ParameterSource.COMMANDLINE,
            sandbox=sandbox,
            attempts=attempts,
            data=data,
            images=full_data_folder(course) if data == "full" else None,
        )
        warn_of_guessable(config.seed)
        asked = Request(
            paths=paths, out=out, config=config, jobs=jobs_on(cluster, jobs),
            layout=SINGLE.name if single else layout,
            database=database, roster=roster, cluster=cluster,
        )  # fmt: skip
        if follow:
            click.echo(FOLLOWING)
            count = grade_arrivals(asked, Log())
            click.echo(f"Ended. Reports written: {count}. Gradebook: {out / gradebook.FILE}")
            return
        with github.without_commands(click.echo), screen:
            run = grade(asked, screen)
    except UsageError as error:
        raise CommandError(str(error)) from error
    except GraderFailed as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Interrupted before anything was graded.", err=True)
        context.exit(interruption.status)
    results = Results(
        reports=run.reports, paths=run.paths, out=out, metadata=metadata,
        print_line=click.echo,
    )  # fmt: skip
    write_formats(formats, results)
    with github.without_commands(click.echo):
        status = show_results(screen, run, out, course)
    context.exit(interruption.status if run.interrupted else status)


def check_follow(paths: Sequence[Path], formats: Sequence[str], *, single: bool) -> None:
    """Raise `CommandError` for what contradicts `--follow`."""
    if single or formats:
        raise CommandError(f"--follow and {'--single' if single else '--format'} contradict each other.")
    for path in paths:
        if not path.is_dir():
            raise CommandError(f"--follow looks for what arrives in folders, and {str(path)!r} is not one.")


def warn_of_guessable(seed: int) -> None:
    """Say so on standard error if a seed is one that can be found by trying."""
    if seed < GUESSABLE:
        click.echo(
            f"The seed {seed} can be guessed. Without --seed, and without one in course.toml, a random one "
            "is drawn.",
            err=True,
        )


def write_formats(formats: Sequence[str], results: Results) -> None:
    """Write the results in other systems' formats. Raises `CommandError`; the reports are written by then."""
    for name in formats:
        try:
            FORMATS[name].write(results)
        except FormatError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{str(error.filename)!r} can't be written: {error.strerror}.") from error


def check_formats(
    formats: Sequence[str], paths: Sequence[Path], metadata: Path | None, *, single: bool
) -> None:
    """Raise `CommandError` for options that a format would refuse after grading, or that none uses."""
    if metadata is not None and not any(FORMATS[name].uses_metadata for name in formats):
        users = " or ".join(one.name for one in FORMATS.values() if one.uses_metadata)
        raise CommandError(f"--metadata is used by --format {users} only: name that format, too.")
    is_single = len(paths) == 1 and (single or not paths[0].is_dir())
    request = FormatRequest(metadata=metadata, is_single=is_single)
    try:
        for name in formats:
            FORMATS[name].check(request)
    except FormatError as error:
        raise CommandError(str(error)) from error


def fixed_seed(course: Path) -> int | None:
    """Return the seed that course.toml fixes; None if it fixes none. Raises `CommandError`."""
    try:
        syllabus = read(course)
    except CourseError as error:
        raise CommandError(str(error)) from error
    return syllabus.seed.value if syllabus else None


def show_results(screen: Screen, run: Run, out: Path, course: Path) -> int:
    """Show the results of a run, and return the exit status, unless it was interrupted."""
    from grader.reporting import gradebook
    from grader.reporting.class_statistics import no_answers
    from grader.reporting.console import WORST, open_checks, remark
    from grader.reporting.output_dir import count_other_reports, reports_in
    from grader.reporting.pages import class_overview, student

    screen.show(run.reports, run.outline.unreadable_results)
    screen.print_line(f"Gradebook: {out / gradebook.FILE}")
    screen.print_line(f"Class:     {out / class_overview.FILE}")
    screen.print_line(f"Feedback:  {reports_in(out) / '<submission>' / student.FILE}; beside it, report.json")
    for line in run.class_list.lines(out):
        screen.print_line(line)
    unanswered = no_answers(run.reports)
    for one in unanswered[:WORST]:
        screen.print_line(f"Look at {one.submission}, which has 0 points: {remark(one)}")
    if len(unanswered) > WORST:
        screen.print_line(f"{len(unanswered) - WORST} more have nothing of this course: class.html has them.")
    graded = [one for one in run.reports if one.status in {"graded", "wrong_assignment"}]
    if graded and all(result.status == "missing" for one in graded for result in one.exercises):
        screen.print_line(
            f"None of the submissions has any exercise of the course in {course}. "
            "Is this the right course? Another one is given with --course DIR."
        )
    earlier = count_other_reports(out, [one.submission for one in run.reports])
    if earlier and not run.interrupted:
        screen.print_line(
            f"{out} has {earlier} more reports, on submissions that were not graded now. The gradebook omits "
            "them."
        )
    failed = [one for one in run.reports if one.status == "not_graded"]
    for one in failed:
        click.echo(f"{one.submission}: {remark(one)}", err=True)
    provisional = [one for one in run.reports if one.provisional]
    for one in provisional:
        for text in open_checks(one):
            click.echo(f"{one.submission}: {text}", err=True)
    if run.interrupted:
        click.echo(
            "Interrupted. The same command continues from here; submissions already graded are kept.",
            err=True,
        )
    return 1 if failed or provisional else 0
