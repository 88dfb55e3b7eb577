"""Checks on the student's machine run without Linux: none of its modules and signals are used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

WINDOWS = '''\
"""Take away what Windows doesn't have, before pytest loads its plugins."""

import importlib.abc
import signal
import sys

# Of these, pytest's and torch's own modules may import some on Linux; the grader must import none.
MISSING = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "grader.sandbox"}


class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in MISSING or name.startswith("grader.sandbox"):
            frame = sys._getframe(1)
            while frame.f_code.co_filename.startswith("<frozen importlib"):
                frame = frame.f_back
            if frame.f_globals.get("__name__", "").startswith("grader"):
                raise ImportError(f"{name} isn't there on Windows")
        return None


for name in MISSING.intersection(sys.modules) - {"posix"}:
    del sys.modules[name]
sys.meta_path.insert(0, Missing())
for name in ("SIGALRM", "alarm", "setitimer", "pthread_kill", "SIGKILL", "pidfd_send_signal"):
    delattr(signal, name)
'''


def test_it_needs_nothing_that_only_linux_has(machine: LocalMachine) -> None:
    machine.solve(shift="def shift(X):\n    while True:\n        pass\n")
    machine.pytester.makepyfile(windows=WINDOWS)
    machine.pytester.syspathinsert()
    run = machine.run_in_subprocess("-p", "windows", "assignments")
    assert "stopped after 0.4 s" in run.failure("shift: accepts_its_arguments")
    assert run.totals.startswith("1 failed, 19 passed")


def test_the_test_above_would_notice(machine: LocalMachine) -> None:
    """The sandbox is only for Linux, and imports modules that Windows doesn't have."""
    machine.pytester.makepyfile(windows=WINDOWS, check="import windows\nimport grader.sandbox\n")
    result = machine.pytester.run(sys.executable, Path("check.py"))
    assert result.ret == 1
    assert "isn't there on Windows" in result.stderr.str()
