"""Endless code is stopped with the line it was in, and the other exercises are checked all the same."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

from grader.execution import deadline, student_code
from grader.execution.deadline import Expired
from grader.execution.torch_state import SeparateTorchState

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fixtures.local_machine import LocalMachine

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["SIGALRM", "no SIGALRM"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A system with the signal that pytest-timeout needs, or without, as Windows."""
    name: str = request.param
    if name == "no SIGALRM":
        monkeypatch.delattr(signal, "SIGALRM")
    return name


def loops() -> None:
    while True:
        pass


def sleeps() -> None:
    time.sleep(1e9)


def sleeps_well() -> None:
    time.sleep(1.5)


def waits_for_a_lock() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def swallows_exceptions() -> None:
    while True:
        try:  # noqa: SIM105 - this is what is tested
            time.sleep(0.001)
        except Exception:  # noqa: BLE001, S110 - as above
            pass


def swallows_everything() -> None:
    while True:
        try:  # noqa: SIM105 - as above
            time.sleep(1e9)
        except:  # noqa: E722, S110 - as above
            pass


def goes_on_after_everything() -> None:
    while True:
        try:
            try:
                time.sleep(1e9)
            finally:
                list(range(10))
        except BaseException:  # noqa: BLE001, S112 - as above
            continue


def computes_without_gradient() -> None:
    """Stopped inside `no_grad`, this leaves gradients off: `SeparateTorchState` restores them."""
    while True:
        with torch.no_grad():
            torch.ones(3).exp()


@pytest.mark.parametrize(
    "endless",
    [
        loops,
        sleeps,
        waits_for_a_lock,
        swallows_exceptions,
        swallows_everything,
        goes_on_after_everything,
        computes_without_gradient,
    ],
)
@pytest.mark.usefixtures("system")
def test_endless_code_is_stopped(endless: Callable[[], None]) -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    started = time.monotonic()
    with pytest.raises(Expired) as stopped, SeparateTorchState().active(), deadline.deadline(0.1):
        endless()
    assert time.monotonic() - started < 5
    assert endless.__name__ in [entry.name for entry in stopped.traceback]
    assert {number: signal.getsignal(number) for number in handlers} == handlers
    assert torch.is_grad_enabled()


def test_a_thread_that_is_not_the_main_one_has_deadlines_too() -> None:
    stopped = threading.Event()

    def run() -> None:
        with contextlib.suppress(Expired), deadline.deadline(0.1):
            loops()
        stopped.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert stopped.wait(20)


TRACED = """
import sys, threading, time
from grader.execution.deadline import Expired, deadline

def work():
    for seconds in (60, 0.01):
        try:
            with deadline(seconds):
                time.sleep(0.02)
                sum(range(10**6))
        except Expired:
            pass

for _ in range(3):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
traced = []
sys.settrace(lambda frame, event, argument: traced.append(event))
work.__name__.upper()
(lambda: None)()
sys.settrace(None)
assert traced
"""


def test_after_a_deadline_in_another_thread_code_can_be_traced() -> None:
    """An exception that is taken back from a thread would have CPython 3.11 loop in the first traced call."""
    subprocess.run([sys.executable, "-c", TRACED], check=True, timeout=60, cwd=ROOT)


@pytest.mark.usefixtures("system")
def test_code_that_ends_in_time_is_left_alone() -> None:
    with deadline.deadline(0.1):
        pass
    time.sleep(0.3)


@pytest.mark.usefixtures("system")
def test_ctrl_c_still_works_under_a_deadline() -> None:
    with pytest.raises(KeyboardInterrupt), deadline.deadline(60):
        signal.raise_signal(signal.SIGINT)


def test_nothing_expires_after_a_debugger_was_entered() -> None:
    with deadline.deadline(0.1):
        deadline.suspend()
        time.sleep(0.3)


def test_nothing_expires_while_a_debugger_traces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "is_debugging", lambda: True)
    with deadline.deadline(0.1):
        time.sleep(0.5)


def test_code_that_cannot_be_stopped_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "GRACE", 0.5)
    monkeypatch.setattr(deadline._Watch, "_interrupt", lambda self: None)
    given_up: list[str] = []
    with deadline.on_unstoppable_code(given_up.append), deadline.deadline(0.1):
        sleeps_well()
    assert given_up[0].endswith("in sleeps_well\n    time.sleep(1.5)")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    "endless",
    [
        "    while True:\n        X = X + 1\n",
        "    while True:\n        try:\n            X = X + 1\n        except:\n            pass\n",
        "    time.sleep(1e9)\n",
    ],
    ids=["loop", "stubborn loop", "sleep"],
)
def test_an_endless_answer_costs_only_itself(machine: LocalMachine, endless: str) -> None:
    machine.solve(double=f"def double(X):\n{endless}", quadruple="def quadruple(X):\n    return 4 * X\n")
    run = machine.run()
    message = run.failure("double: accepts_its_arguments")
    assert "\ntry:" in message
    assert "stopped after 0.4 s" in message
    assert "adding.py, line " in message
    assert "in double\n" in message
    assert "Traceback" not in run.text
    assert run.totals.startswith("1 failed, 17 passed")


def test_the_call_that_never_ends_is_named_and_no_call_where_all_are_slow(machine: LocalMachine) -> None:
    third = "    calls.append(X)\n    while len(calls) == 3:\n        pass\n    return X + X\n"
    machine.solve(double=f"def double(X, calls=[]):\n{third}")
    assert "\ntry:" in machine.run("assignments", "--only", "double").text
    machine.solve(double="def double(X):\n    time.sleep(0.15)\n    return X + X\n")
    run = machine.run("assignments", "--only", "double")
    assert "stopped after 0.4 s" in run.text
    assert "\ntry:" not in run.text


@pytest.mark.usefixtures("system")
def test_a_file_that_never_ends_costs_only_its_own_section(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(student_code, "LOAD_SECONDS", 0.3)
    machine.solve()
    source = machine.adding.read_text(encoding="utf-8")
    machine.adding.write_text("class Slow:\n    while True:\n        pass\n" + source, encoding="utf-8")
    run = machine.run()
    message = run.failure("double: is_defined")
    assert "stopped after 0.3 s" in message
    assert "adding.py, line " in message
    assert "Fix this first: nothing in adding.py can be checked until the file runs." in message
    assert run.totals == "1 failed, 8 passed, 16 blocked, 1 bonus open"
