"""pytest's debugger stops in the student's frame, can be quit, and has no time limit."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from grader.execution.deadline import is_debugging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from tests.fixtures.local_machine import LocalMachine

SOLVED = "def quadruple(X):\n    return 4 * X\n"


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the student types at the debugger's prompt; "c" when that is used up."""
    typed: list[str] = []
    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("builtins.input", lambda _prompt="": typed.pop(0) if typed else "c")
    monkeypatch.setattr("pdb.Pdb.use_rawinput", 1, raising=False)
    # A debugger ends the time limits of a whole process; the other tests in this one are to keep theirs.
    monkeypatch.setattr("pytest_timeout.SUPPRESS_TIMEOUT", False)
    yield typed
    signal.signal(signal.SIGINT, handler)  # pdb sets its own when it continues


def test_it_stops_where_the_students_code_broke(machine: LocalMachine, keyboard: list[str]) -> None:
    """Not in torch's code below, nor in the grader's above."""
    machine.solve(
        double="def double(X):\n    mine = 42\n    return torch.nn.functional.softmax([X], dim=mine)\n",
        quadruple=SOLVED,
    )
    keyboard += ["p mine", "q"]
    run = machine.run("assignments", "--pdb", "--only", "double")
    assert "adding.py(10)double()" in run.text
    assert "\n42" in run.text
    assert run.status == pytest.ExitCode.INTERRUPTED


def test_a_wrong_value_opens_no_debugger(machine: LocalMachine) -> None:
    """There is no frame of the student's to look at."""
    machine.solve(shift="def shift(X):\n    return X\n")
    run = machine.run("assignments", "--pdb")
    assert "entering PDB" not in run.text
    assert "1 failed" in run.totals


def test_quitting_a_breakpoint_ends_the_run(machine: LocalMachine, keyboard: list[str]) -> None:
    """The answer is called dozens of times: one `q` must do."""
    machine.solve(double="def double(X):\n    breakpoint()\n    return 2 * X\n", quadruple=SOLVED)
    keyboard += ["p X.shape", "q"]
    run = machine.run()
    assert "torch.Size([" in run.text
    assert run.text.count("PDB set_trace") == 1
    assert "Quitting debugger" in run.text
    assert run.status == pytest.ExitCode.INTERRUPTED


def test_time_spent_at_a_breakpoint_does_not_count(machine: LocalMachine, keyboard: list[str]) -> None:
    machine.solve(
        double="calls = []\n\n\ndef double(X):\n    calls.append(X)\n    if len(calls) == 1:\n"
        "        breakpoint()\n    return 2 * X\n",
        quadruple=SOLVED,
    )
    keyboard += ["__import__('time').sleep(1)", "c"]
    assert machine.run().status == 0


def test_a_tracing_debugger_is_noticed_and_a_measurement_of_coverage_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def trace(_frame: FrameType, _event: str, _argument: object) -> None:
        return None

    monkeypatch.setattr(sys, "gettrace", lambda: trace)
    assert is_debugging()
    monkeypatch.setattr(trace, "__module__", "coverage.pytracer")
    assert not is_debugging()


def test_ctrl_c_in_an_answer_ends_the_run(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        machine.run()


def test_ctrl_c_while_a_file_is_loaded_ends_the_run(machine: LocalMachine) -> None:
    machine.solve(double="class Slow:\n    raise KeyboardInterrupt\n\n\ndef double(X):\n    return 2 * X\n")
    with pytest.raises(KeyboardInterrupt):
        machine.run()
