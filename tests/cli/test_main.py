"""The command line starts at once, and its help reads as documentation."""

from __future__ import annotations

import subprocess
import sys

import click
from click.testing import CliRunner

from grader.cli.main import main


def test_every_command_explains_itself_and_its_options() -> None:
    context = main.make_context("grader", ["grade", "x"], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.help
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == []
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_help_lists_the_commands() -> None:
    assert "Grade submissions in the sandbox." in CliRunner().invoke(main, ["--help"]).output


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["grades"]).exit_code == 2


def test_neither_help_nor_a_run_itself_imports_torch() -> None:
    source = (
        "import sys, grader.grading.run, grader.reporting.console\n"
        "from grader.cli.main import main\n"
        "main(['grade', '--help'], standalone_mode=False)\n"
        "assert 'torch' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_neither_help_nor_what_students_run_imports_the_gradebooks_database() -> None:
    source = (
        "import importlib, pkgutil, sys, grader.local, grader.release.submit, grader.pytest_plugin\n"
        "from grader.cli.main import main\n"
        "for package in (grader.local, grader.release.submit):\n"
        "    for found in pkgutil.walk_packages(package.__path__, f'{package.__name__}.'):\n"
        "        importlib.import_module(found.name)\n"
        "for command in ('adjust', 'grade', 'history', 'regrade', 'submit', 'watch'):\n"
        "    main([command, '--help'], standalone_mode=False)\n"
        "assert not {'sqlalchemy', 'alembic'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
