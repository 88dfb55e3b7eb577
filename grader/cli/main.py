"""The command `grader`. Each subcommand is a module of `grader.cli.commands`, imported on demand."""

from __future__ import annotations

import importlib
import pkgutil

import click

from grader import __version__
from grader.cli import commands


class Commands(click.Group):
    """The commands that there are modules for; a module's `command` is a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return their names."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gradbook")
def main() -> None:
    """Check and grade the exercises of Dive into Deep Learning.

    Students check their answers with `pytest assignments`, and with `watch` at every save; `submit` makes
    what they hand in, and `doctor` says what is wrong with the set-up. The other commands are their
    instructor's.

    Exit status: 0, everything asked for was done; 1, something could not be graded; 2, wrong usage.
    """


if __name__ == "__main__":
    main()
