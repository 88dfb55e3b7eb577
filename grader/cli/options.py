"""Options and errors that several commands of `grader` share."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from grader.course.declarations import ASSIGNMENTS, SHIPPED
from grader.datasets.registry import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.grading.cluster.settings import Cluster

Command = TypeVar("Command", bound="Callable[..., Any]")


class CommandError(click.ClickException):
    """Wrong usage, or a machine that lacks something: shown without a usage line, exit status 2."""

    exit_code = 2


def split_names(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the different names in options such as `--only softmax,SGD --only relu`."""
    split = [name.strip() for value in values for name in value.split(",")]
    return tuple(dict.fromkeys(name for name in split if name))


def core_count() -> int:
    """Return the number of CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def require_course(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
    """Return the course's folder. Raises `CommandError` if an installed package has no course beside it."""
    if value == SHIPPED and not (value / ASSIGNMENTS).is_dir():
        raise CommandError(
            "This installation of Gradbook has no course of its own: name one with --course DIR."
        )
    return value


course_option = click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED,
    callback=require_course, show_default="the course shipped with Gradbook",
    help="The course: a folder with assignments/ and reference/.",
)  # fmt: skip
"""For instructors: which course."""

student_course_option = click.option(
    "--course", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    show_default="the current folder", help="The folder with assignments/.",
)  # fmt: skip
"""For students: the folder with their answers."""

only_option = click.option(
    "--only", metavar="NAMES", multiple=True, callback=split_names,
    help="Only these exercises: --only softmax,SGD.",
)  # fmt: skip

gradebook_option = click.option(
    "--gradebook", "database", metavar="URL", default="", envvar="GRADBOOK_GRADEBOOK",
    show_default="what course.toml or an earlier run says, else DIR/gradebook.db",
    help="The database of the gradebook, such as postgresql://user@host/marks.",
)  # fmt: skip

data_option = click.option(
    "--data", type=click.Choice(["subset", "full"]), default="subset", show_default=True,
    help="Train on the images shipped with the course, or on all of its data set (by default "
    f"{DEFAULT.title}), which is downloaded if necessary.",
)  # fmt: skip


def jobs_option(what: str) -> Callable[[Command], Command]:
    """Return the option --jobs; `what` says what is done in parallel."""
    return click.option(
        "--jobs", metavar="N", type=click.IntRange(min=1), default=core_count,
        show_default="number of CPU cores", help=f"{what} in parallel.",
    )  # fmt: skip


def cluster_named(_context: click.Context, _option: click.Parameter, value: str | None) -> Cluster | None:
    """Return the cluster that `--cluster` names. Raises `CommandError`."""
    if value is None:
        return None
    from importlib.util import find_spec

    from grader.grading.cluster.settings import NEEDS_DASK, ClusterError, cluster_at

    if find_spec("distributed") is None:
        raise CommandError(NEEDS_DASK)
    try:
        return cluster_at(value)
    except ClusterError as error:
        raise CommandError(str(error)) from error


def jobs_on(cluster: Cluster | None, jobs: int) -> int:
    """Return how many submissions to grade in parallel: as many as a cluster can, unless --jobs is given."""
    is_chosen = click.get_current_context().get_parameter_source("jobs") is ParameterSource.COMMANDLINE
    return jobs if cluster is None or is_chosen else sys.maxsize


cluster_option = click.option(
    "--cluster", metavar="ADDRESS|FILE", callback=cluster_named,
    help="Grade on the workers of a Dask cluster: tls://HOST:PORT, tcp://127.0.0.1:PORT, or a .toml file "
    "with its address and certificates. Its machines must have the same versions; it gets submissions and "
    "checks, never the gradebook. --jobs is then the most submissions in parallel.",
)  # fmt: skip


def checks_files_in(folder: Path) -> Sequence[Path]:
    """Return the checks files of a student's folder, in the order of the book. Raises `CommandError`."""
    from grader.course.course_toml import CourseError, require_known_names
    from grader.course.watch_targets import checks_files

    try:
        require_known_names(folder)
        found = checks_files(folder)
    except CourseError as error:
        raise CommandError(str(error)) from error
    if not found:
        raise CommandError(
            f"{folder} has no folder {ASSIGNMENTS} with exercises in it. "
            "Change to the folder that has it, or name that folder with --course."
        )
    return found


def full_data_folder(course: Path) -> str:
    """Return the folder of a course's full data set; download it if necessary. Raises `CommandError`."""
    from grader.course.course_toml import CourseError, data_set
    from grader.datasets.errors import DataError

    try:
        wanted = data_set(course)
        found = wanted.find_full(download=True)
    except (CourseError, DataError) as error:
        raise CommandError(str(error)) from error
    if found is None:
        raise CommandError(
            f"The full {wanted.title} isn't on this machine. Leave --data out to train on the shipped subset."
        )
    return str(found.resolve())
