"""`grader shell`: a Python prompt for the examples that failed checks show."""

from __future__ import annotations

import code
import contextlib
import importlib.util
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import CommandError, checks_files_in, student_course_option

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section


@click.command(short_help="Open a Python prompt to try the examples of failed checks.")
@click.argument("name", metavar="NAME")
@student_course_option
def command(name: str, *, course: Path) -> None:
    """Open a Python prompt with your answers to a section and the helper functions of its checks.

    Paste there the lines below "try:" in a failure. NAME is an exercise, a section
    (softmax_regression_scratch) or its file. The prompt is IPython, if installed. After changing the file,
    start the prompt again.

    Exit status: 0: the prompt was closed; 2: wrong usage: there is no such exercise, or no assignments/.
    """
    from grader.course.course import load_section
    from grader.course.course_toml import CourseError, declared
    from grader.course.selection import UnknownExercise
    from grader.course.watch_targets import WatchTargets

    folder = course.resolve()
    paths = checks_files_in(folder)
    try:
        wanted = WatchTargets.parse(folder, [name]).names
        section = load_section(next(path for path in paths if set(wanted) & set(declared(path))))
    except (CourseError, UnknownExercise) as error:
        raise CommandError(str(error)) from error
    names, yours, missing = _names(section)
    banner = f"Your answers in {section.stub.name}: {', '.join(yours) or 'none yet'}."
    if missing:
        banner += f"\nMissing, because they are still to do or can't be loaded: {', '.join(missing)}."
    _interact(f"{banner}\nPaste the lines below 'try:' in a failure. Ctrl-D exits.", names)


def _names(section: Section) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return all names of the prompt, the names of the student's answers, and those of missing answers."""
    import numpy as np
    import pandas as pd
    import torch

    from grader.course.course_toml import data_set
    from grader.datasets import training_data
    from grader.execution.student_code import Answers
    from grader.local.hand_in import LocalFiles
    from grader.local.local_runner import drive_names

    assignments = section.checks.parent.parent
    training_data.use(assignments / "data", data_set=data_set(assignments.parent))
    drive = drive_names(section)
    files = LocalFiles().program(section)
    answers = Answers(files, section.spellings, drive, section=section.module, attempts=1)
    yours = {name: found[0].answer for name, found in answers.attempts.items() if found}
    names = {"torch": torch, "np": np, "pd": pd, **drive, **yours}
    return names, list(yours), [name for name in section.spellings if name not in yours]


def _interact(banner: str, names: dict[str, Any]) -> None:
    if importlib.util.find_spec("IPython") is not None:
        from IPython import start_ipython

        click.echo(banner)
        start_ipython(argv=["--no-banner", "--no-confirm-exit"], user_ns=names)
        return
    with contextlib.suppress(ImportError):  # Windows has none
        import readline  # noqa: F401 - importing it enables line editing
    code.interact(banner, local=names, exitmsg="")
