"""The processes of an audit: what they have imported, and how they compute."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from typing import TYPE_CHECKING

import torch

from grader.audit.process_pool import PRELOADED, process_pool

if TYPE_CHECKING:
    import pytest


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
