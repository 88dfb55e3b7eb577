"""`grader audit`: test that the checks of a course accept correct answers and reject incorrect ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import CommandError, course_option, jobs_option, only_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from grader.audit.runner import TaskResult


@click.command(short_help="Test the checks against stubs, references, wheat, chaff and mutants.")
@click.argument(
    "old_course", metavar="", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@course_option
@only_option
@click.option(
    "--mutants", is_flag=True, help="Also change references and wheat in small ways; checks must notice."
)
@click.option(
    "--wheat-mutants/--no-wheat-mutants", "of_wheat", default=True, show_default=True,
    help="With --mutants: change wheat, too, or the reference alone.",
)  # fmt: skip
@click.option(
    "--max-mutants", "most", metavar="N", type=click.IntRange(min=1),
    help="With --mutants: at most N mutants an exercise, drawn by the first seed. Default: all.",
)  # fmt: skip
@click.option(
    "--pairs", metavar="N", type=click.IntRange(min=0), default=0, show_default=True,
    help="With --mutants: also N pairs of changes an exercise, drawn by the first seed.",
)  # fmt: skip
@click.option(
    "--html", "page", metavar="FILE", type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write an HTML page that shows which check accepts which implementation.",
)  # fmt: skip
@click.option(
    "--seeds", metavar="N", type=click.IntRange(min=1), default=1, show_default=True,
    help="Number of seeds: each gives other inputs.",
)  # fmt: skip
@click.option(
    "--first-seed", metavar="N", type=click.IntRange(min=0), default=1, show_default=True,
    help="The first seed.",
)  # fmt: skip
@jobs_option("Number of exercises audited")
@click.option(
    "--class", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also compare local and sandboxed verdicts on the submissions in this folder.",
)  # fmt: skip
@click.option(
    "--sandbox/--no-sandbox", default=True, show_default=True,
    help="Run implementations in the sandbox as well as locally.",
)  # fmt: skip
@click.option("--wall/--no-wall", "old_sandbox", default=None, hidden=True, help="Now --sandbox.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    old_course: Path | None,
    course: Path,
    only: tuple[str, ...],
    mutants: bool,
    of_wheat: bool,
    most: int | None,
    pairs: int,
    page: Path | None,
    seeds: int,
    first_seed: int,
    jobs: int,
    folder: Path | None,
    sandbox: bool,
    old_sandbox: bool | None,
) -> None:
    """Run every stub, reference, wheat and chaff of a course, locally and in the sandbox.

    Every stub must fail. Every reference and wheat must pass. Every chaff must fail in the checks that it
    names. Local and sandboxed verdicts must be the same. Counterexamples are shrunk on the first seed only.

    Answers that take no work (constants, arguments handed back, empty classes) must earn no points. They are
    made from the reference, and tried locally on the first seed.

    With --mutants, the reference and every wheat are changed in one place at a time: an operator, a number,
    an argument, an axis, a transpose, a dtype, a call, a statement. Each change must fail a check, unless
    reference/CHAPTER/equivalent.toml lists it as harmless. Mutants run locally, on the first seed; those that
    pass all checks are shown as diffs. --no-wheat-mutants changes the reference alone, which takes a fraction
    of the time; --max-mutants N tries N of them an exercise. --pairs N also makes two
    changes at once, N times an exercise: of one answer, at different places, each of which other checks
    reject.

    For a single exercise a table shows which check accepts which implementation; --html FILE writes these
    tables for all exercises.

    Exit status: 0: everything as required; 1: problems, which are listed; 2: wrong usage, or the course can't
    be read.
    """
    course, sandbox = _with_deprecated(course, old_course, sandbox=sandbox, old_sandbox=old_sandbox)
    from rich.console import Console

    from grader.audit import audit_report, equivalent_mutants
    from grader.audit.runner import Mutants, audit_tasks, run_tasks
    from grader.course.course import CourseError, load, require_reference
    from grader.course.implementations import ImplementationError, implementations

    if mutants:
        _require_mutmut()
    elif most is not None or pairs or not of_wheat:
        raise CommandError("--no-wheat-mutants, --max-mutants and --pairs go with --mutants.")
    if page is not None and not page.absolute().parent.is_dir():
        raise CommandError(f"There is no folder {page.parent} to write the page to.")
    try:
        loaded = load(course, only)
        require_reference(loaded)
        list(implementations(loaded))
        orphans = equivalent_mutants.orphaned_entries(loaded) if mutants and not only else []
    except (CourseError, ImplementationError, equivalent_mutants.EquivalentsError) as error:
        raise CommandError(str(error)) from error
    planned = audit_tasks(
        loaded,
        range(first_seed, first_seed + seeds),
        sandbox=sandbox,
        mutants=Mutants(of_wheat, most, pairs) if mutants else None,
        folder=folder,
    )
    console = Console(highlight=False)
    parts = _with_progress(console, run_tasks(planned, jobs=jobs), len(planned))
    for orphan in orphans:
        console.print(audit_report.coloured(orphan), soft_wrap=True)
    matrices = [part.matrix for part in parts if part.matrix is not None and part.seed == first_seed]
    problems = [f"seed {part.seed}, {problem}" for part in parts for problem in part.problems] + orphans
    if len(matrices) == 1:
        console.print(audit_report.table(matrices[0]))
    console.print(audit_report.summary(matrices, mutants=mutants))
    if page is not None:
        page.write_text(audit_report.page(matrices, problems, mutants=mutants), encoding="utf-8")
    where = "locally and in the sandbox" if sandbox else "locally"
    done = sum(part.examined for part in parts)
    click.echo(
        f"{done} examinations {where}, {seeds} seed{'s' * (seeds > 1)}: "
        f"{len(problems)} problem{'s' * (len(problems) != 1)}."
    )
    if problems:
        context.exit(1)


def _with_progress(console: Console, parts: Iterable[TaskResult], count: int) -> list[TaskResult]:
    """Return the results of an audit; meanwhile show its progress and the problems found."""
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from grader.audit.audit_report import coloured

    done = []
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("auditing", total=count)
        for part in parts:
            done.append(part)
            bar.advance(task)
            for problem in part.problems:
                console.print(coloured(f"seed {part.seed}, {problem}"), soft_wrap=True)
    return done


def _with_deprecated(
    course: Path, old_course: Path | None, *, sandbox: bool, old_sandbox: bool | None
) -> tuple[Path, bool]:
    """Return the values of --course and --sandbox, which version 0.1 called COURSE and --wall."""
    if old_course is not None:
        click.echo(
            f"Deprecated: `grader audit {old_course}` is now `grader audit --course {old_course}`.", err=True
        )
        course = old_course
    if old_sandbox is not None:
        new = "--sandbox" if old_sandbox else "--no-sandbox"
        click.echo(f"Deprecated: {new.replace('sandbox', 'wall')} is now {new}.", err=True)
        sandbox = old_sandbox
    return course, sandbox


def _require_mutmut() -> None:
    import importlib.util
    import platform

    if platform.system() != "Linux":
        raise CommandError("--mutants needs Linux: WSL on Windows, a container elsewhere.")
    if importlib.util.find_spec("mutmut") is None:
        raise CommandError(
            "--mutants needs mutmut. In your checkout of Gradbook, run: pip install -e '.[dev]'"
        )
