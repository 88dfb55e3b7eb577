"""`grader shell`: the lines that a failure shows can be pasted there."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from tests.fixtures.local_machine import SHIFTING

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

DRIVE = '''\
"""Beside the student's code."""

NOTHING = 0


def called(shift, X):
    return shift(X) + NOTHING
'''


@pytest.fixture
def helped(machine: LocalMachine) -> LocalMachine:
    """The machine, in which the checks of shift have a helper."""
    checks = SHIFTING.replace("shift(X)", "called(shift, X)")
    machine.shifting.with_name("test_shifting.py").write_text(checks, encoding="utf-8")
    machine.shifting.with_name("drive_shifting.py").write_text(DRIVE, encoding="utf-8")
    return machine


@pytest.fixture
def without_ipython(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if IPython were not installed; no line is edited, either."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "IPython" else find(name))
    monkeypatch.setitem(sys.modules, "readline", None)


def shell(machine: LocalMachine, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process without IPython, and type into it."""
    program = (
        "import sys; sys.modules['IPython'] = None\nimport importlib.util\n"
        "importlib.util.find_spec = lambda name, find=importlib.util.find_spec:"
        " None if name == 'IPython' else find(name)\n"
        "from grader.cli.main import main; main(prog_name='grader')"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "shell", *arguments],
        cwd=machine.pytester.path, input=typed, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=100,
    )  # fmt: skip


def test_what_a_failure_says_to_try_gives_there_what_it_says(helped: LocalMachine) -> None:
    helped.write(shift="def shift(X):\n    return X + 2\n")
    failure = helped.run("assignments", "--only", "shift").failure("shift: right_values")
    lines = failure.splitlines()
    start = lines.index("try:")
    pasted = "\n".join(lines[start + 1 : start + 4])
    assert pasted == (
        "import sys; sys.path.append('assignments/ch2_more')\nfrom drive_shifting import called\n"
        "called(shift, torch.tensor([0.]))"
    )
    ran = shell(helped, f"{pasted}\n", "shift")
    assert ran.returncode == 0, ran.stderr
    assert "Your answers in shifting.py: shift." in ran.stderr
    assert "tensor([2.])" in ran.stdout


def test_it_can_be_pasted_into_any_python_that_has_the_answer(helped: LocalMachine) -> None:
    helped.write(shift="def shift(X):\n    return X + 2\n")
    failure = helped.run("assignments", "--only", "shift").failure("shift: right_values")
    pasted = failure.partition("try:\n")[2].partition("\ngot:")[0].splitlines()
    source = "\n".join(("import torch", "def shift(X): return X + 2", *pasted[:-1], f"print({pasted[-1]})"))
    ran = subprocess.run(
        [sys.executable, "-c", source], cwd=helped.pytester.path, capture_output=True, text=True, check=False,
        timeout=100,
    )  # fmt: skip
    assert ran.stdout == "tensor([2.])\n", ran.stderr


def test_what_needs_no_helper_needs_no_import(machine: LocalMachine) -> None:
    machine.write(shift="def shift(X):\n    return X + 2\n")
    assert "sys.path" not in machine.run("assignments", "--only", "shift").text


@pytest.mark.usefixtures("helped", "without_ipython")
def test_what_is_not_there_is_named() -> None:
    ran = CliRunner().invoke(main, ["shell", "assignments/ch1_sums/adding.py"])
    assert "Your answers in adding.py: none yet." in ran.stderr
    assert "Missing, because they are still to do or can't be loaded: double, quadruple." in ran.stderr


@pytest.mark.usefixtures("machine", "without_ipython")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["shfit"], "there is no exercise shfit"), (["shift", "--course", ".."], "has no folder assignments")],
)
def test_what_does_not_exist_is_refused(arguments: list[str], said: str) -> None:
    ran = CliRunner().invoke(main, ["shell", *arguments])
    assert ran.exit_code == 2
    assert said in ran.stderr
