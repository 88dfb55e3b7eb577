"""`grader doctor`: what this machine has of what grading needs, and what to do about the rest."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.wall import Layer

PACKAGES: Final = ("torch", "torchvision", "hypothesis", "pandas")


@click.command(short_help="Say what this machine has of what grading needs.")
@click.pass_context
def command(context: click.Context) -> None:
    """Try out every layer of the wall behind which students' code runs, and say how to mend what is missing.

    Exit status: 0, the whole wall can be built; 1, `grader grade` needs --sandbox weak here, or none.
    """
    click.echo(f"Python       {platform.python_version()} on {platform.system()} {platform.release()}")
    for package in PACKAGES:
        click.echo(f"{package:<12} {_installed(package)}")
    click.echo()
    held, missing = wall()
    from grader.wall import LAYERS
    from grader.wall.layers import MEND

    for layer in LAYERS:
        click.echo(f"{layer:<12} {'holds' if layer in held else 'MISSING'}")
    for layer, why in missing.items():
        click.echo(f"\n{layer} is missing: {why}\n{MEND[layer]}")
    if missing:
        click.echo("\nUntil then `grader grade` refuses to run, unless you say --sandbox weak.")
        context.exit(1)
    click.echo("\nThe whole wall can be built here.")


def wall() -> tuple[tuple[Layer, ...], Mapping[Layer, str]]:
    """Return the layers of the wall that hold on this machine, and why the others don't."""
    from grader.wall import LAYERS, Server, WallError

    try:
        # Nothing is preloaded, and nothing ever asked.
        with Server(warm="time:time", entry="time:time", strict=False) as server:
            return server.layers, server.missing
    except (WallError, OSError) as error:
        return (), dict.fromkeys(LAYERS, str(error))


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
