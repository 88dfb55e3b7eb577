"""`grader shell`: a Python in which what a failed check says to try can be pasted."""

from __future__ import annotations

import code
import contextlib
import importlib.util
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import Refusal, checks_below, here_option

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section


@click.command(short_help="Open Python with an exercise and what its checks call it with.")
@click.argument("name", metavar="NAME")
@here_option
def command(name: str, *, course: Path) -> None:
    """Open a Python prompt that knows your answers to a section, and the functions that its checks call.

    There, whatever stands below "try" in a failure can be pasted. NAME is an exercise, a section
    (softmax_regression_scratch) or its file. It is IPython, where that is installed. Start it again after you
    have changed the file.

    Exit status: 0; 2, there is no such exercise, or no assignments/.
    """
    from grader.course.course import load_section
    from grader.course.course_toml import CourseError, declared
    from grader.course.selection import UnknownExercise
    from grader.course.watch_targets import Watched

    folder = course.resolve()
    paths = checks_below(folder)
    try:
        wanted = Watched.parse(folder, [name]).names
        section = load_section(next(path for path in paths if set(wanted) & set(declared(path))))
    except (CourseError, UnknownExercise) as error:
        raise Refusal(str(error)) from error
    names, yours, missing = _names(section)
    said = f"Yours, from {section.stub.name}: {', '.join(yours) or 'nothing yet'}."
    if missing:
        said += f"\nNot there, because they are still to do or can't be run: {', '.join(missing)}."
    _interact(f"{said}\nPaste what a failure says to try. Ctrl-D ends.", names)


def _names(section: Section) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return all names of the prompt; those of the student's answers; those of exercises without one."""
    import numpy as np
    import pandas as pd
    import torch

    from grader.datasets import training_data
    from grader.execution.student_code import Answers
    from grader.local.local_runner import drive_names, source_file

    training_data.use(section.checks.parent.parent / "data")
    drive = drive_names(section)
    wanted = {one.name: one.spellings for one in section.exercises}
    answers = Answers([source_file(section.stub, section.module)], wanted, drive, attempts=1)
    yours = {name: found[0].answer for name, found in answers.attempts.items() if found}
    names = {"torch": torch, "np": np, "pd": pd, **drive, **yours}
    return names, list(yours), [name for name in wanted if name not in yours]


def _interact(banner: str, names: dict[str, Any]) -> None:
    if importlib.util.find_spec("IPython") is not None:
        from IPython import start_ipython

        click.echo(banner)
        start_ipython(argv=["--no-banner", "--no-confirm-exit"], user_ns=names)
        return
    with contextlib.suppress(ImportError):  # there is none on Windows
        import readline  # noqa: F401 - lines can be edited, once it is there
    code.interact(banner, local=names, exitmsg="")
