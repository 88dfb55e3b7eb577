"""`grader doctor`: find problems with the installation, and show the commands that fix them."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.reporting.feedback import encodable, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.doctor import Finding

SYMBOLS: Final = {"ok": ("✓", "+"), "warning": ("!", "!"), "error": ("✗", "x")}
"""In Unicode and in ASCII."""
COLOURS: Final = {"ok": "green", "warning": "yellow", "error": "red"}
NAME_COLUMNS: Final = 19


@click.command(short_help="Find problems with the installation, and show how to fix them.")
@click.pass_context
def command(context: click.Context) -> None:
    """Check the installation, and show how to fix what is wrong.

    Python, its packages, the GPU, the images, the terminal and the sandbox are examined. Where a course with
    its solutions is at hand, a rehearsal shows whether `grader grade` can start; only that needs the sandbox.
    ✓: fine; !: works, but could be better; ✗: `pytest assignments` can't work until this is fixed.

    Exit status: 0: students can work with this installation, here or in a folder that has a course; 1: they
    can't (there is a ✗).
    """
    from grader.cli.doctor import course

    states = []
    for finding in examine(Path.cwd()):
        _show(finding)
        states.append(finding.state)
    if "error" in states:
        _say("\nThere are problems to fix: start with the first ✗.")
        context.exit(1)
    if not course.is_here(Path.cwd()):
        _say("\nThe installation works, but this folder has no course: see the line that begins with folder.")
        return
    _say(
        "\nStudents can work with this installation."
        + (" Lines with a ! are optional." if "warning" in states else "")
    )


def examine(here: Path) -> Iterator[Finding]:
    """Yield the findings for a folder, one check at a time."""
    from grader.cli.doctor import course, machine, software

    yield software.python(sys.version_info[:3], sys.platform)
    yield software.environment(sys.prefix, sys.base_prefix, sys.platform)
    yield from software.packages(_requirements(), importlib.metadata.version)
    declared = course.packages(here)
    if declared is not None:
        yield declared
    yield software.plugin(_plugins(), shutil.which("pytest"))
    torch = software.imports("torch", lambda: importlib.import_module("torch"))
    yield torch
    if torch.state == "ok":
        yield from _with_torch(here)
    encoding, colours = sys.stdout.encoding, sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    columns = shutil.get_terminal_size().columns
    yield machine.terminal(encoding, columns, colours=colours, platform=sys.platform)
    yield machine.resources(os.cpu_count() or 1, machine.memory())
    if course.is_for_students(here):
        yield machine.sandbox_not_needed()
        return
    held, missing = machine.layers() if sys.platform == "linux" else ((), {})
    yield from machine.sandbox(held, missing, sys.platform)
    if sys.platform == "linux" and torch.state == "ok" and (root := course.to_rehearse(here)) is not None:
        yield machine.grading(machine.start_problem(root, held), shown_path(root))
    if held and not missing and torch.state == "ok":
        yield from machine.gpu_in_sandbox()


def _with_torch(here: Path) -> Iterator[Finding]:
    import torch

    from grader.cli.doctor import course, machine, software
    from grader.course.course_toml import data_set
    from grader.datasets.torchvision_import import import_torchvision

    yield software.imports("torchvision", import_torchvision)
    card = shutil.which("nvidia-smi") is not None
    yield machine.cuda(torch.version.cuda, works=torch.cuda.is_available(), card=card)
    yield course.folder(here)
    images = course.images(here)
    if images is not None:
        yield images
    yield course.full_images(lambda: data_set(here).find_full())


def _requirements() -> list[str]:
    try:
        return importlib.metadata.requires("gradbook") or []
    except importlib.metadata.PackageNotFoundError:
        return []


def _plugins() -> list[str]:
    return [point.value for point in importlib.metadata.entry_points(group="pytest11")]


def _show(finding: Finding) -> None:
    symbol, plain = SYMBOLS[finding.state]
    if encodable(symbol, sys.stdout.encoding or "ascii") != symbol:
        symbol = plain
    # click leaves colours out if stdout is no terminal, but doesn't know NO_COLOR.
    colour = None if os.environ.get("NO_COLOR") else COLOURS[finding.state]
    _say(f"{click.style(symbol, fg=colour)} {finding.name:<{NAME_COLUMNS}} {finding.detail}")
    if finding.fix:
        _say(textwrap.indent(finding.fix, " " * (NAME_COLUMNS + 3)))


def _say(text: str) -> None:
    click.echo(encodable(text, sys.stdout.encoding or "ascii"))
