"""The command `grader`. Each subcommand is a module in `grader.cli.commands`, imported on demand."""

from __future__ import annotations

import importlib
import pkgutil

import click

from grader import __version__
from grader.cli import commands


def modules() -> list[str]:
    """Return the names of the modules with subcommands."""
    return [module.name for module in pkgutil.iter_modules(commands.__path__)]


def named(module: str) -> str:
    """Return the name of a module's subcommand: that of `return_` is `return`, which is a keyword."""
    return module.rstrip("_").replace("_", "-")


class Commands(click.Group):
    """Finds a subcommand as `command` in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all subcommands."""
        return sorted(map(named, modules()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a subcommand; return None if there is none of this name."""
        found = next((module for module in modules() if named(module) == cmd_name), None)
        if found is None:
            return None
        module = importlib.import_module(f"{commands.__name__}.{found}")
        command: click.Command = module.command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gradbook")
def main() -> None:
    """Check and grade the exercises of Dive into Deep Learning.

    Students check their answers with `pytest assignments`, or with `grader watch` after every save.
    `grader submit` makes the archive to hand in, `grader shell` opens a Python prompt to try things in, and
    `grader doctor` finds problems with the installation. The other commands are for instructors.

    Exit status: 0: success; 1: problems, which are listed; 2: wrong usage. `grader COMMAND --help` has
    details.
    """


if __name__ == "__main__":
    main()
