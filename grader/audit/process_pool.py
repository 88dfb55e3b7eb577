"""Processes that share the work of an audit, and that import torch once together."""

from __future__ import annotations

import multiprocessing
import os
import threading
import warnings
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final

import torch

from grader.execution.lazy_dynamo import put_off_dynamo

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

PRELOADED: Final = "grader.audit.runner"
"""What all processes of an audit import."""


def process_pool(jobs: int) -> ProcessPoolExecutor:
    """Return a pool of `jobs` processes, which compute in one thread each and print no warnings.

    They are forked from a process that has done nothing but import what they need. Where a system can't fork,
    each imports it by itself. They end with the process that called this, also if that was killed.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([PRELOADED])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start)


def _start() -> None:
    end_with_parent()
    torch.set_num_threads(1)
    put_off_dynamo()
    warnings.simplefilter("ignore")  # those about wrong answers are of no use


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it has ended, whatever it is doing then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
