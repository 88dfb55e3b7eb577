"""A process that waits, with torch imported, checks collected and inputs drawn, until it is told to run them.

`grader watch` keeps one ready: `python -m grader.local.prewarmed_run FOLDER TERMINAL NAMES LIKELY
[OPTION]...`. It reads one line from its standard input, and then is a run of pytest as any other, with such
options.
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

FINISHED: Final = 100
"""The exit status of a run that came to its end is pytest's and so much more: no crash has such a one."""

QUIETLY: Final = (
    "--verbosity=-1",  # not a word until a check has run
    "-rN",  # the overview says it
    "-Wignore:Module already imported:pytest.PytestAssertRewriteWarning",  # the grader: it asserts nothing
)


class Waits:
    """A plugin of pytest that lets a run wait, between collecting and the first check."""

    def __init__(self, orders: TextIO, likely: Collection[str]) -> None:
        self.orders = orders
        self.likely = likely

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Prepare, wait for the line, and choose the checks that it names."""
        prepare(session.items, self.likely)
        line = self.orders.readline()
        if not line:  # whoever started this process is gone
            os._exit(0)
        if os.name == "posix":
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
        wanted = json.loads(line)
        if wanted is not None:
            session.items[:] = [item for item in session.items if _name_of(item) in wanted]
        # The time that pytest shows counts from here.
        terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        terminal.pytest_sessionstart(session)
        return (yield)


def prepare(items: Sequence[pytest.Item], likely: Collection[str]) -> None:
    """Draw the inputs, and ask the oracles, of the exercises that are likely to be asked for."""
    from grader.local.collection import CheckItem

    for item in items:
        if isinstance(item, CheckItem) and item.exercise.name in likely:
            exam = item.file.desk(item.file.section).exam
            # What goes wrong here goes wrong again where the run can say so.
            with contextlib.suppress(Exception):
                if item.check.question is not None:
                    exam.cases(item.check.question)


def main(arguments: Sequence[str]) -> int:
    """Wait and run; return the exit status."""
    folder, terminal, names, likely, *options = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders = os.fdopen(os.dup(0), encoding="utf-8")
    _read_from(terminal)
    os.chdir(folder)
    only = ["--only", names] if names else []
    waits = Waits(orders, frozenset(likely.split(",")))
    status = pytest.main([ASSIGNMENTS, *QUIETLY, *only, *options], plugins=[waits])
    return FINISHED + int(status)


def _read_from(terminal: str) -> None:
    """Let standard input be a file: the terminal, for a debugger."""
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
    os._exit(ended)  # nothing is left to do, and to take torch down takes time
