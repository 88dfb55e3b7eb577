"""What several commands of `grader` have in common: options, and how wrong usage is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.declarations import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence


class Refusal(click.ClickException):
    """Wrong usage, or a machine that lacks what is needed: shown without a usage line."""

    exit_code = 2


def names(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in options such as `--only softmax,SGD --only relu`."""
    split = [name.strip() for value in values for name in value.split(",")]
    return tuple(dict.fromkeys(name for name in split if name))


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


course_option = click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED,
    show_default="the one that ships", help="Another course: a folder with assignments/ and reference/.",
)  # fmt: skip
"""An instructor's: which course."""

here_option = click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    show_default="where you are", help="The folder that has assignments/.",
)  # fmt: skip
"""A student's: where the answers are."""

only_option = click.option(
    "--only", metavar="NAMES", multiple=True, callback=names, help="Just these exercises: --only softmax,SGD."
)


def checks_below(folder: Path) -> Sequence[Path]:
    """Return the checks files of a student's folder, in the order of the book. Raises `Refusal`."""
    from grader.course.course_toml import CourseError, demand_known
    from grader.course.declarations import ASSIGNMENTS
    from grader.course.watch_targets import checks_files

    try:
        demand_known(folder)
        found = checks_files(folder)
    except CourseError as error:
        raise Refusal(str(error)) from error
    if not found:
        raise Refusal(
            f"{folder} has no folder {ASSIGNMENTS} with exercises in it. "
            "Go to the folder that has it, or name that with --course."
        )
    return found


def full_images() -> str:
    """Return the folder with all of Fashion-MNIST, downloaded where it isn't here. Raises `Refusal`."""
    from grader.datasets.download import find_full
    from grader.datasets.fashion_mnist import DataFault

    try:
        found = find_full(download=True)
    except DataFault as fault:
        raise Refusal(str(fault)) from fault
    if found is None:
        raise Refusal(
            "The full Fashion-MNIST isn't here. Leave --data out to train on the subset that ships."
        )
    return str(found.resolve())
