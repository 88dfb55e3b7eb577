"""`grader shell`: what a failure says to try can be pasted there."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.fixtures.local_machine import SHIFTING

if TYPE_CHECKING:
    from tests.fixtures.local_machine import Workplace

DRIVE = '''\
"""Beside the student's code."""

NOTHING = 0


def called(shift, X):
    return shift(X) + NOTHING
'''


@pytest.fixture
def helped(workplace: Workplace) -> Workplace:
    """The workplace, in which the checks of shift have a helper."""
    checks = SHIFTING.replace("shift(X)", "called(shift, X)")
    workplace.shifting.with_name("test_shifting.py").write_text(checks, encoding="utf-8")
    workplace.shifting.with_name("drive_shifting.py").write_text(DRIVE, encoding="utf-8")
    return workplace


def shell(workplace: Workplace, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command without IPython, and type into it."""
    program = (
        "import sys; sys.modules['IPython'] = None\nimport importlib.util\n"
        "importlib.util.find_spec = lambda name, find=importlib.util.find_spec:"
        " None if name == 'IPython' else find(name)\n"
        "from grader.cli.main import main; main(prog_name='grader')"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "shell", *arguments],
        cwd=workplace.pytester.path, input=typed, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=100,
    )  # fmt: skip


def test_what_a_failure_says_to_try_gives_there_what_it_says(helped: Workplace) -> None:
    helped.write(shift="def shift(X):\n    return X + 2\n")
    failure = helped.run("assignments", "--only", "shift").failure("shift: right_values")
    lines = failure.splitlines()
    start = lines.index("try:")
    assert lines[start + 1] == "# in: grader shell shifting"
    call = lines[start + 2]
    assert call == "called(shift, torch.tensor([0.]))"
    ran = shell(helped, f"{call}\n", "shift")
    assert ran.returncode == 0, ran.stderr
    assert "Yours, from shifting.py: shift." in ran.stderr
    assert "tensor([2.])" in ran.stdout


def test_what_needs_no_helper_needs_no_shell(workplace: Workplace) -> None:
    workplace.write(shift="def shift(X):\n    return X + 2\n")
    assert "grader shell" not in workplace.run("assignments", "--only", "shift").text


def test_what_is_not_there_is_named(helped: Workplace) -> None:
    ran = shell(helped, "", "assignments/ch1_sums/adding.py")
    assert "Yours, from adding.py: nothing yet." in ran.stderr
    assert "Not there, because they are still to do or can't be run: double, quadruple." in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["shfit"], "there is no exercise shfit"), (["shift", "--course", ".."], "has no folder assignments")],
)
def test_what_does_not_exist_is_refused(workplace: Workplace, arguments: list[str], said: str) -> None:
    ran = shell(workplace, "", *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr
