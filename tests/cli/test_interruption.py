"""Signals that ask a program to end interrupt it once, and only where nobody else handles them."""

from __future__ import annotations

import os
import signal

import pytest

from grader.cli.interruption import as_interrupts


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_first_signal_interrupts_and_further_ones_do_not(number: int, status: int) -> None:
    with as_interrupts() as interruption:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        for again in (signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), again)
    assert interruption.status == status
    assert signal.getsignal(number) is signal.SIG_DFL


def test_ctrl_c_has_its_own_status() -> None:
    with as_interrupts() as interruption, pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    assert interruption.status == 130


def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with as_interrupts():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
