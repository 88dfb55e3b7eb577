"""The processes of an audit: what they have imported, and how they compute."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
import warnings
from typing import TYPE_CHECKING

import pytest
import torch

from grader.audit.process_pool import PRELOADED, end_with_parent, process_pool
from tests.fixtures.waiting import is_running, wait_for

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def state() -> tuple[bool, int, str, int]:
    """Whether a process has imported what it needs, its threads, what it does about warnings, its parent."""
    return PRELOADED in sys.modules, torch.get_num_threads(), warnings.filters[0][0], os.getppid()


def test_processes_have_imported_what_they_need_and_compute_in_one_thread() -> None:
    with process_pool(2) as pool:
        is_there, threads, warned, parent = pool.submit(state).result()
    assert (is_there, threads, warned) == (True, 1, "ignore")
    assert parent != os.getpid()


def test_a_system_that_can_not_fork_has_processes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    with process_pool(1) as pool:
        _is_there, threads, warned, parent = pool.submit(state).result()
    assert (threads, warned, parent) == (1, "ignore", os.getpid())


def work_for_long(told: Connection) -> None:
    """Say which process this is, and be busy."""
    end_with_parent()
    told.send(os.getpid())
    time.sleep(60)


def run_for_long(told: Connection) -> None:
    """Start a process, and wait for it."""
    process = multiprocessing.get_context("fork").Process(target=work_for_long, args=(told,))
    process.start()
    process.join()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_process_ends_with_a_run_that_is_killed() -> None:
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    run = forking.Process(target=run_for_long, args=(theirs,))
    run.start()
    assert ours.poll(20)
    pid = ours.recv()
    assert is_running(pid)
    os.kill(run.pid or 0, signal.SIGKILL)
    run.join()
    wait_for(lambda: not is_running(pid), lambda: "a process was left behind", seconds=20)
