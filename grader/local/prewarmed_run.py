"""A run of pytest that is prepared in advance: torch imported, checks collected, inputs drawn.

`grader watch` keeps one waiting: `python -m grader.local.prewarmed_run FOLDER TERMINAL NAMES LIKELY
[OPTION]...`. It reads one line of JSON from standard input, the names of the exercises to check or null for
all. From then on it is an ordinary run of pytest with these options.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.course.declarations import ASSIGNMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Sequence
    from typing import TextIO

EXIT_OFFSET: Final = 100
"""Added to pytest's exit status when a run ends normally, to tell it from a crash."""

QUIET_OPTIONS: Final = (
    "--verbosity=-1",  # no output until a check has run
    "-rN",  # the overview lists the failures
    "-Wignore:Module already imported:pytest.PytestAssertRewriteWarning",  # the grader: it asserts nothing
)


class WaitPlugin:
    """A pytest plugin that makes a run wait after collection, until a line names the checks to run."""

    def __init__(self, commands: TextIO, likely: Collection[str]) -> None:
        self.commands = commands
        self.likely = likely

    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave it to the process that watches to say what comes next."""
        from grader.local.terminal_summary import IS_WATCHED

        config.stash[IS_WATCHED] = True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Prepare, wait for the line, and select the checks that it names."""
        prepare(session.items, self.likely)
        line = self.commands.readline()
        if not line:  # the process that started this one has ended
            os._exit(0)
        if os.name == "posix":
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it silently
        wanted = json.loads(line)
        if wanted is not None:
            session.items[:] = [item for item in session.items if _name_of(item) in wanted]
        # pytest shows the time from here on.
        terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        terminal.pytest_sessionstart(session)
        return (yield)


def prepare(items: Sequence[pytest.Item], likely: Collection[str]) -> None:
    """Draw inputs and compute expected results for the exercises that are likely to be checked."""
    from grader.local.collection import CheckItem

    for item in items:
        if isinstance(item, CheckItem) and item.exercise.name in likely:
            exam = item.file.runner(item.file.section).exam
            # An error here occurs again in the run, which reports it.
            with contextlib.suppress(Exception):
                if item.check.question is not None:
                    exam.cases(item.check.question)


def main(arguments: Sequence[str]) -> int:
    """Wait, run the checks, and return the exit status."""
    folder, terminal, names, likely, *options = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands = os.fdopen(os.dup(0), encoding="utf-8")
    _read_from(terminal)
    os.chdir(folder)
    only = ["--gradbook-only", names] if names else []
    plugin = WaitPlugin(commands, frozenset(likely.split(",")))
    status = pytest.main([ASSIGNMENTS, *QUIET_OPTIONS, *only, *options], plugins=[plugin])
    return EXIT_OFFSET + int(status)


def _read_from(terminal: str) -> None:
    """Make the terminal standard input, for a debugger; the null device if there is no terminal."""
    try:
        file = os.open(terminal or os.devnull, os.O_RDONLY)
    except OSError:
        file = os.open(os.devnull, os.O_RDONLY)
    os.dup2(file, 0)
    os.close(file)


def _name_of(item: Any) -> str:  # noqa: ANN401 - an item of ours, or of another plugin
    exercise = getattr(item, "exercise", None)
    return str(exercise.name) if exercise is not None else ""


if __name__ == "__main__":
    ended = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)  # skips the teardown of torch, which takes time
