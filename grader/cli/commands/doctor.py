"""`grader doctor`: what is wrong with the set-up, each with the command that mends it."""

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

from grader.reporting.feedback import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.doctor import Finding

MARKS: Final = {"fine": ("✓", "+"), "hint": ("!", "!"), "broken": ("✗", "x")}
COLOURS: Final = {"fine": "green", "hint": "yellow", "broken": "red"}
NAMES: Final = 18


@click.command(short_help="Say what is wrong with the set-up, and what mends it.")
@click.pass_context
def command(context: click.Context) -> None:
    """Look at Python, its packages, the GPU, images, terminal and wall, and say what mends what is wrong.

    ✓ is fine, ! you can do without, ✗ must be mended before `pytest assignments` can work.

    Exit status: 0, students can work here; 1, they can't. Only `grader grade` needs the wall.
    """
    states = []
    for finding in examine(Path.cwd()):
        _show(finding)
        states.append(finding.state)
    if "broken" in states:
        _say("\nSomething must be mended: begin with the first ✗.")
        context.exit(1)
    _say("\nStudents can work here." + (" What has a ! can wait." if "hint" in states else ""))


def examine(here: Path) -> Iterator[Finding]:
    """Yield what is found, one thing after another."""
    from grader.cli.doctor import course, machine, software

    yield software.python(sys.version_info[:3], sys.platform)
    yield software.environment(sys.prefix, sys.base_prefix, sys.platform)
    yield from software.packages(_requirements(), importlib.metadata.version)
    yield software.plugin(_plugins(), shutil.which("pytest"))
    torch = software.imports("torch", lambda: importlib.import_module("torch"))
    yield torch
    if torch.state == "fine":
        yield from _with_torch(here)
    encoding, colours = sys.stdout.encoding, sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    columns = shutil.get_terminal_size().columns
    yield machine.terminal(encoding, columns, colours=colours, platform=sys.platform)
    yield machine.resources(os.cpu_count() or 1, machine.memory())
    if course.is_for_students(here):
        yield machine.no_wall()
        return
    held, missing = machine.layers() if sys.platform == "linux" else ((), {})
    yield from machine.wall(held, missing, sys.platform)
    if held and not missing and torch.state == "fine":
        yield from machine.gpu_behind_the_wall()


def _with_torch(here: Path) -> Iterator[Finding]:
    import torch

    from grader.cli.doctor import course, machine, software
    from grader.datasets.download import find_full
    from grader.datasets.torchvision_import import import_torchvision

    yield software.imports("torchvision", import_torchvision)
    card = shutil.which("nvidia-smi") is not None
    yield machine.cuda(torch.version.cuda, works=torch.cuda.is_available(), card=card)
    yield course.folder(here)
    found = course.images(here)
    if found is not None:
        yield found
    yield course.full_images(find_full)


def _requirements() -> list[str]:
    try:
        return importlib.metadata.requires("gradbook") or []
    except importlib.metadata.PackageNotFoundError:
        return []


def _plugins() -> list[str]:
    return [point.value for point in importlib.metadata.entry_points(group="pytest11")]


def _show(finding: Finding) -> None:
    mark, plain = MARKS[finding.state]
    if printable(mark, sys.stdout.encoding or "ascii") != mark:
        mark = plain
    # click keeps colours to itself where there is no terminal, but doesn't know NO_COLOR.
    colour = None if os.environ.get("NO_COLOR") else COLOURS[finding.state]
    _say(f"{click.style(mark, fg=colour)} {finding.name:<{NAMES}} {finding.found}")
    if finding.mend:
        _say(textwrap.indent(finding.mend, " " * (NAMES + 3)))


def _say(text: str) -> None:
    click.echo(printable(text, sys.stdout.encoding or "ascii"))
