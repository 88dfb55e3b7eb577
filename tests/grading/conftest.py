"""A course of one exercise, some ways to answer it, and the command line as a shell starts it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Grade = Callable[..., subprocess.CompletedProcess[str]]

CHECKS = '''"""1.1 Doubling."""

import os
import signal

from hypothesis import strategies as st

from grader.laws import exercise, number

double = exercise(
    "double",
    asks="double(n)",
    given={"n": st.integers(1, 9)},
    returns=number(),
    oracle=lambda n: 2 * n,
    points={"right_values": 3},
    cases=5,
    seconds=1,
)


@double.law(points=1)
def it_is_even(n, twice):
    """double(n) is even."""
    if twice == 666:
        os.kill(os.getpid(), signal.SIGKILL)
    if twice == 777:
        raise TypeError("this law is broken")
    assert twice % 2 == 0
'''

RIGHT = "def double(n):\n    return n + n\n"
ANSWERS = {
    "alice.py": RIGHT,
    "bob.py": "def double(n):\n    return n * n\n",
    "carol.py": "",
    "dave.py": "def double(n):\n    while True:\n        pass\n",
    "poison.py": "def double(n):\n    return 666\n",
    "quirk.py": "def double(n):\n    return 777\n",
}
"""Right, wrong, unreadable and endless; and two that this course's own law can't cope with."""


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one section, one exercise, four points."""
    root = tmp_path_factory.mktemp("course")
    (root / "assignments" / "ch1").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "assignments" / "ch1" / "test_doubling.py").write_text(CHECKS)
    return root


@pytest.fixture(scope="session")
def grade(course: Path) -> Grade:
    """Runs `grader grade` on the course, as a program of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(course, *arguments), capture_output=True, text=True, timeout=300, check=False
        )

    return run


def command(course: Path, *arguments: str | Path) -> list[str]:
    """The command line that grades on a course."""
    program = Path(sys.executable).with_name("grader")
    return [str(program), "grade", "--course", str(course), *map(str, arguments)]


def write_class(folder: Path, *names: str) -> Path:
    """Make a class of these answers."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(ANSWERS[name])
    return folder


def without_bubblewrap(tmp_path: Path) -> str:
    """A PATH on which `bwrap` is there, and can't make namespaces."""
    bwrap = tmp_path / "bin" / "bwrap"
    bwrap.parent.mkdir()
    bwrap.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    bwrap.chmod(0o755)
    assert shutil.which("bwrap", path=str(bwrap.parent))
    return f"{bwrap.parent}:/usr/bin:/bin"
