"""`grader audit`: prove that the checks of a course accept what is right and reject what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import Refusal, cores, only_option
from grader.course.declarations import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from grader.audit.runner import Part


@click.command(short_help="Prove the checks: stubs, references, wheat, chaff and mutants.")
@click.argument(
    "course",
    metavar="[COURSE]",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SHIPPED,
)
@only_option
@click.option(
    "--mutants", is_flag=True, help="Change the reference in every small way, too, and see who notices."
)
@click.option(
    "--html", "page", metavar="FILE", type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write a page with all implementations against all checks.",
)  # fmt: skip
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
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    course: Path,
    only: tuple[str, ...],
    mutants: bool,
    page: Path | None,
    seeds: int,
    first_seed: int,
    jobs: int,
    folder: Path | None,
    wall: bool,
) -> None:
    """Examine every stub, reference, wheat and chaff of a course, at the desk and behind the wall.

    COURSE is a folder with assignments/ and reference/; without it, it is the course that ships. Every stub
    must fail, every reference and wheat pass, every chaff fail by the checks that it names, and the verdicts
    on both sides of the wall must be the same. Failures are shrunk on the first seed only.

    With --mutants, the reference is changed in one place at a time, and each change must be noticed by a
    check, unless reference/CHAPTER/equivalent.toml lists it as harmless. Mutants are tried on the first seed,
    at the desk; those that survive are shown as diffs.

    What comes of which check is shown for a single exercise, and for all of them on the page of --html.

    Exit status: 0, so it is; 1, it is not, and what is wrong is listed; 2, the course can't be read.
    """
    from rich.console import Console

    from grader.audit import audit_report, equivalent_mutants
    from grader.audit.runner import audited, shares
    from grader.course.course import CourseError, demand_reference, load
    from grader.course.implementations import SpecimenError, specimens

    if mutants:
        _demand_what_mutants_need()
    if page is not None and not page.absolute().parent.is_dir():
        raise Refusal(f"There is no folder {page.parent} to write the page to.")
    try:
        loaded = load(course, only)
        demand_reference(loaded)
        list(specimens(loaded))
        orphans = equivalent_mutants.orphans(loaded) if mutants and not only else []
    except (CourseError, SpecimenError, equivalent_mutants.EquivalentsError) as error:
        raise Refusal(str(error)) from error
    planned = shares(loaded, range(first_seed, first_seed + seeds), wall=wall, mutants=mutants, folder=folder)
    console = Console(highlight=False)
    parts = _followed(console, audited(planned, jobs=jobs), len(planned))
    for orphan in orphans:
        console.print(audit_report.coloured(orphan), soft_wrap=True)
    matrices = [part.matrix for part in parts if part.matrix is not None and part.seed == first_seed]
    problems = [f"seed {part.seed}, {problem}" for part in parts for problem in part.problems] + orphans
    if len(matrices) == 1:
        console.print(audit_report.table(matrices[0]))
    console.print(audit_report.summary(matrices, mutants=mutants))
    if page is not None:
        page.write_text(audit_report.page(matrices, problems, mutants=mutants), encoding="utf-8")
    where = "at the desk and behind the wall" if wall else "at the desk"
    done = sum(part.examined for part in parts)
    click.echo(f"{done} examinations {where}, {seeds} seed{'s' * (seeds > 1)}: {len(problems)} wrong.")
    if problems:
        context.exit(1)


def _followed(console: Console, parts: Iterable[Part], count: int) -> list[Part]:
    """Return all parts of an audit; meanwhile show how far it is, and what is wrong."""
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


def _demand_what_mutants_need() -> None:
    import importlib.util
    import platform

    if platform.system() != "Linux":
        raise Refusal("--mutants needs Linux: WSL on Windows, a container elsewhere.")
    if importlib.util.find_spec("mutmut") is None:
        raise Refusal("--mutants needs mutmut. In your checkout of Gradbook: pip install -e '.[dev]'")
